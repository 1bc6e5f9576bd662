create schema tools;
create extension citext schema tools;
create function tools.kept(variadic a tools.citext[]) returns text language sql as $$ select 'x' $$;
create function tools.changed(a tools.citext) returns text language sql as $$ select 'x' $$;
alter extension citext add function tools.kept(tools.citext[]);
alter extension citext add function tools.changed(tools.citext);
grant execute on function tools.kept(tools.citext[]) to anon;
grant execute on function tools.changed(tools.citext) to authenticated;
