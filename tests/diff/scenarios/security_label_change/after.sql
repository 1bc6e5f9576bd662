-- rename: public.t:public.renamed
create table public.renamed (id int primary key, secret text, other text);
security label for anon on column public.renamed.secret is 'MASKED WITH FUNCTION anon.hash(secret)';
security label for anon on table public.renamed is 'a';
create type public.mood as enum ('a');
security label for anon on type public.mood is 'a';
create view public.v as select 1 as one, other from public.renamed;
security label for anon on view public.v is 'a';
