create table public.scenes (id bigint primary key);
savepoint one;
do $$
begin
  commit;
end $$;
call public.unknown();
create index concurrently scenes_title on public.scenes (title);
