-- rename: public.t.qty:public.t.amount
create table public.t (id integer primary key, amount integer not null constraint t_positive check (amount > 0));
create index t_amount on public.t (amount);
