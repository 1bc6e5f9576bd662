insert into public.t (note) values ('a'), ('b');
