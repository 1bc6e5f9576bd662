-- rename: public.mood:public.feeling
create type public.feeling as enum ('sad', 'ok', 'happy');
create table public.t (id integer primary key, mood public.feeling not null);
