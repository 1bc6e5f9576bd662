create table public."user" (id integer primary key, "order" integer not null);
