create type public.hue as enum ('a', 'b', 'c');
create table public.hue__old (id int);
create table public.hue__old_2 (id int);
create type public."éééééééééééééééééééééééééééééé" as enum ('a', 'b', 'c');
create table public.t (h public.hue, e public."éééééééééééééééééééééééééééééé"[]);
