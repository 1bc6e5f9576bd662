create type public.r5 as range (subtype = bigint);
create table public.t9 (id int primary key, k7 public.r5_multirange default public.r5_multirange(public.r5(7::bigint, null)), one public.r5_multirange);
