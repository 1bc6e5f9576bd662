-- version: 1.3.3
-- versions: 1.1.0 1.2.0 1.3.1
-- comment: Unit testing for PostgreSQL
-- relocatable: true
-- The core of a test file works: plan, ok, is, isnt, matches, throws_ok, lives_ok, results by count, has_*; finish counts.
create function plan(integer) returns text language plpgsql as $$
begin
  perform set_config('pgtap.planned', $1::text, false);
  perform set_config('pgtap.ran', '0', false);
  perform set_config('pgtap.failed', '0', false);
  return '1..' || $1;
end
$$;
create function no_plan() returns setof boolean language plpgsql as $$ begin perform plan(0); end $$;
create function ok(boolean, text) returns text language plpgsql as $$
declare
  number integer := coalesce(nullif(current_setting('pgtap.ran', true), ''), '0')::integer + 1;
begin
  perform set_config('pgtap.ran', number::text, false);
  if $1 is not true then
    perform set_config('pgtap.failed', (coalesce(nullif(current_setting('pgtap.failed', true), ''), '0')::integer + 1)::text, false);
  end if;
  return case when $1 then '' else 'not ' end || 'ok ' || number || coalesce(' - ' || nullif($2, ''), '');
end
$$;
create function ok(boolean) returns text language sql as $$ select ok($1, null) $$;
create function pass(text default null) returns text language sql as $$ select ok(true, $1) $$;
create function fail(text default null) returns text language sql as $$ select ok(false, $1) $$;
create function is(anyelement, anyelement, text) returns text language sql as $$ select ok($1 is not distinct from $2, $3) $$;
create function is(anyelement, anyelement) returns text language sql as $$ select ok($1 is not distinct from $2, null) $$;
create function isnt(anyelement, anyelement, text) returns text language sql as $$ select ok($1 is distinct from $2, $3) $$;
create function isnt(anyelement, anyelement) returns text language sql as $$ select ok($1 is distinct from $2, null) $$;
create function matches(anyelement, text, text default null) returns text language sql as $$ select ok($1::text ~ $2, $3) $$;
create function diag(text) returns text language sql as $$ select '# ' || $1 $$;
create function lives_ok(text, text default null) returns text language plpgsql as $$
begin
  execute $1;
  return ok(true, $2);
exception when others then
  return ok(false, $2) || e'\n# ' || sqlstate || ': ' || sqlerrm;
end
$$;
create function throws_ok(text, text default null, text default null, text default null) returns text language plpgsql as $$
begin
  begin
    execute $1;
  exception when others then
    return ok($2 is null or sqlstate = $2 or sqlerrm = $2, coalesce($4, $3));
  end;
  return ok(false, coalesce($4, $3));
end
$$;
create function is_empty(text, text default null) returns text language plpgsql as $$
declare
  n bigint;
begin
  execute 'select count(*) from (' || $1 || ') as q' into n;
  return ok(n = 0, $2);
end
$$;
create function isnt_empty(text, text default null) returns text language plpgsql as $$
declare
  n bigint;
begin
  execute 'select count(*) from (' || $1 || ') as q' into n;
  return ok(n > 0, $2);
end
$$;
create function has_schema(name, text default null) returns text language sql
  as $$ select ok(exists (select from pg_catalog.pg_namespace where nspname = $1), $2) $$;
create function has_table(name, name, text) returns text language sql
  as $$ select ok(exists (select from pg_catalog.pg_tables where schemaname = $1 and tablename = $2), $3) $$;
create function has_table(name) returns text language sql
  as $$ select ok(exists (select from pg_catalog.pg_tables where tablename = $1), null) $$;
create function has_column(name, name, name, text) returns text language sql as $$
  select ok(exists (select from information_schema.columns where table_schema = $1 and table_name = $2 and column_name = $3), $4)
$$;
create function has_function(name, name, text default null) returns text language sql as $$
  select ok(exists (select from pg_catalog.pg_proc as p join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
    where n.nspname = $1 and p.proname = $2), $3)
$$;
@unavailable results_eq(text, text, text default null) returns text;
@unavailable results_eq(text, anyarray, text default null) returns text;
@unavailable set_eq(text, text, text default null) returns text;
@unavailable bag_eq(text, text, text default null) returns text;
@unavailable policies_are(name, name, name[], text default null) returns text;
@unavailable runtests(text default null) returns setof text;
create function finish(exception_on_failure boolean default null) returns setof text language plpgsql as $$
declare
  ran integer := coalesce(nullif(current_setting('pgtap.ran', true), ''), '0')::integer;
  failed integer := coalesce(nullif(current_setting('pgtap.failed', true), ''), '0')::integer;
  planned integer := coalesce(nullif(current_setting('pgtap.planned', true), ''), '0')::integer;
begin
  if planned not in (0, ran) then
    return next format('# Looks like you planned %s tests but ran %s', planned, ran);
  end if;
  if failed > 0 then
    return next format('# Looks like you failed %s tests of %s', failed, ran);
    if exception_on_failure then
      raise exception '% tests failed of %', failed, ran;
    end if;
  end if;
end
$$;
