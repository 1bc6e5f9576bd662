-- rename: public.customer:public.client
create table public.client (id integer constraint customer_pkey primary key, name text not null, city text);
