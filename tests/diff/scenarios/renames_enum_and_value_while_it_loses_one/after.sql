-- rename: public.mood:app.temper
-- rename: app.temper.great:superb
create schema app;
create type app.temper as enum ('ok','fine','superb');
create domain public.feeling as app.temper check (value <> 'fine');
create type public.pair as (f public.feeling, m app.temper);
create table public.p (id int primary key, m app.temper default 'fine', f public.feeling, c public.pair, ms app.temper[]);
create view public.v as select m from public.p where m = 'superb';
