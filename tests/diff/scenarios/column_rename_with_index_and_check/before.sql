create table public.t (id integer primary key, qty integer not null constraint t_positive check (qty > 0));
create index t_amount on public.t (qty);
insert into public.t values (1, 5);
