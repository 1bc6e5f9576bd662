create table public.t (id int primary key, a bigint, b text);
create table public.u (z int) inherits (public.t);
create table public.w () inherits (public.u);
create publication p for table only public.t (id, b), only public.u (id, a);
create publication q for table public.t where (a > 0);
create publication r for table only public.t;
