select b = 2 and ordinality = 1 from public.v;
select c is null from public.m;
select public.g() is null;
select b = 2 from public.kept;
