-- default: public.bare.b='x'
-- default: public.quiet.b='x'
-- default: public.full_one.b='x'
-- default: app.s.b='x'
-- default: public.unwatched.b='x'
-- default: public.parts.b='x'
create table public.t (id int primary key, k text, n int default 7);
create table public.child (own int default 1) inherits (public.t);
create table public.holder (r public.t);
create publication p for table public.t;
create table public.bare (a int, b text not null);
create table public.quiet (a int, b text not null);
alter table public.quiet replica identity nothing;
create table public.full_one (a int, b text not null);
alter table public.full_one replica identity full;
create publication q for table public.quiet, public.full_one, public.bare;
create schema app;
create table app.s (a int, b text not null);
create publication r for tables in schema app;
create table public.unwatched (a int, b text not null);
create publication w for table public.unwatched with (publish = 'insert');
create table public.parts (a int, b text not null) partition by range (a);
create table public.parts_1 partition of public.parts default;
create publication v for table public.parts;
