select x::text = '(1,2.50)' from public.u;
select y::text = '{"(3,4.50)"}' from public.u;
select m::text = '(5)' from public.u;
select d::text = '(6,7.50)' from public.u;
select ((c).v).b = 9.5 and (c).m[1] = row(10)::public.m from public.u;
select g = 1 from public.u;
