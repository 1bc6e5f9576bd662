-- rename: public.m:arch.measure
-- rename: public.m_2026:arch.measure_2026
-- rename: arch.measure.v:val
create schema arch;
create table arch.measure (id bigint not null, k date not null, val int, note text) partition by range (k);
create table arch.measure_2026 partition of arch.measure for values from ('2026-01-01') to ('2027-01-01');
create table arch.measure_2027 partition of arch.measure for values from ('2027-01-01') to ('2028-01-01');
create index measure_val on arch.measure (val, k);
alter table arch.measure add primary key (id, k);
create function public.tg() returns trigger language plpgsql as $$ begin new.val := 2; return new; end $$;
create trigger t1 before insert or update on arch.measure for each row execute function public.tg();
