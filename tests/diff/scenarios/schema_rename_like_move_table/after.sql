-- rename: public.t:app.t
create schema app;
create table app.t (id integer primary key, label text not null, score numeric(8,2) default 0);
