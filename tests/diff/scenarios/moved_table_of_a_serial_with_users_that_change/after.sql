-- rename: public.t:app.t
create schema app;
create table app.t (id serial primary key, x varchar(20) not null default 'z', parent int references app.t (id) on delete cascade);
create table public.u (id int primary key, t_id int not null references app.t (id));
create view public.v as select id, x, parent from app.t;
create function public.tg() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger trg before insert or update on app.t for each row execute function public.tg();
create index t_x on app.t (x) where x <> '';
grant select, insert on app.t to anon;
comment on table app.t is 'd';
