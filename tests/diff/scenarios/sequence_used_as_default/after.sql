create sequence public.order_no;
create table public.t (id integer primary key, no bigint not null default nextval('public.order_no'));
