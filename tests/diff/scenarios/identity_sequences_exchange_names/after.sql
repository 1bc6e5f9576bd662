create table public.a (id int generated always as identity (sequence name public.two) primary key, v text);
create table public.b (id int generated always as identity (sequence name public.one) primary key);
create sequence public.renamed_one;
create view public.renamed_two as select 1 as n;
create table public.c (id int generated always as identity (sequence name public.renamed_one_2) primary key);
