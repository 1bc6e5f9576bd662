update public.scenes set title = 'untitled' where title is null;
delete from public.scenes using public.old where old.id = scenes.id;
create temporary table ids as select 1 as id;
delete from ids;
update public.scenes set done = false; -- lint-ignore unbounded-write: ten rows at most
create function f() returns void language sql as $$ delete from public.scenes $$;
