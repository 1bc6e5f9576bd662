-- rename: public.counter:nums.ticks
-- rename: public.mv:nums.stats
-- rename: public.w:public.ww
create schema nums;
create sequence nums.ticks start 10 increment 5;
create table public.t (id bigint primary key default nextval('nums.ticks'), a varchar(20));
create index i_a2 on public.t (a desc);
create materialized view nums.stats as select a, count(*) as n, max(id) as last from public.t group by a;
create unique index mv_a on nums.stats (a);
create view public.ww as select a, n from nums.stats;
