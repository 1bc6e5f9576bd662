create table public.t (id integer primary key);
create table public.log (id integer);
create rule r as on insert to public.t where new.id > 0 do also insert into public.log values (new.id);
