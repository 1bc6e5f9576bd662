create table public.t (id int primary key, a int, b text);
create table public.u (z int) inherits (public.t);
create table public.w () inherits (public.u);
create publication p for table only public.t (id, a), public.u;
create publication q for table public.t where (a > 0);
