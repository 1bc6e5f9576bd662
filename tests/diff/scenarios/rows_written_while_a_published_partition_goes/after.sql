-- default: public.t.k='x'
-- default: public.parent.k='x'
create table public.t (id int, k text not null) partition by range (id);
create table public.t_1 partition of public.t for values from (0) to (10);
create table public.parent (a int, k text not null);
create table public.stays () inherits (public.parent);
create publication p for all tables;
