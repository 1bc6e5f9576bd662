-- rename: constraint:public.a.a_pkey:public.a.pk_a
create table public.a (id integer constraint pk_a primary key);
create table public.b (id integer primary key, a_id integer references public.a (id));
