create table public.t (id int primary key, secret text, other text, gone text);
security label for anon on column public.t.secret is 'MASKED WITH VALUE null';
security label for anon on column public.t.other is 'MASKED WITH VALUE null';
security label for anon on column public.t.gone is 'MASKED WITH VALUE null';
security label for anon on table public.t is 'a';
create type public.mood as enum ('a', 'b');
security label for anon on type public.mood is 'a';
create view public.v as select other from public.t;
security label for anon on view public.v is 'a';
