create table public.m (id int not null, k date not null, v int) partition by range (k);
create table public.m_2026 partition of public.m for values from ('2026-01-01') to ('2027-01-01');
create index m_v on public.m (v);
alter table public.m add primary key (id, k);
create function public.tg() returns trigger language plpgsql as $$ begin new.v := 1; return new; end $$;
create trigger t1 before insert on public.m for each row execute function public.tg();
insert into public.m values (1, '2026-05-05', 3);
