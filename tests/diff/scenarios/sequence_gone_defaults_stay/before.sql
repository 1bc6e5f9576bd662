create sequence public.s1; create sequence public.s2;
create table public.t (id int default nextval('public.s1'), j bigint default nextval('public.s2'));
create view public.v as select id, j from public.t;
