-- version: 0.0.6
-- versions: 0.0.1 0.0.2 0.0.3 0.0.4 0.0.5
-- comment: A collection of functions designed to make testing Supabase projects easier
create schema tests;
create function tests.create_supabase_user(
  identifier text, email text default null, phone text default null, metadata jsonb default null
) returns uuid language plpgsql security definer set search_path = pg_catalog as $$
declare
  made uuid := gen_random_uuid();
begin
  insert into auth.users (id, email, phone, raw_user_meta_data, raw_app_meta_data, created_at, updated_at)
  values (made, coalesce(email, made || '@test.com'), phone,
    jsonb_build_object('test_identifier', identifier) || coalesce(metadata, '{}'), '{}', now(), now());
  return made;
end
$$;
create function tests.get_supabase_user(identifier text) returns json language plpgsql security definer set search_path = pg_catalog as $$
declare
  found_user json;
begin
  select json_build_object('id', id, 'email', email, 'phone', phone, 'raw_user_meta_data', raw_user_meta_data,
    'raw_app_meta_data', raw_app_meta_data) into found_user
  from auth.users where raw_user_meta_data ->> 'test_identifier' = identifier limit 1;
  if found_user is null then
    raise exception 'User with identifier % not found', identifier;
  end if;
  return found_user;
end
$$;
create function tests.get_supabase_uid(identifier text) returns uuid language sql security definer set search_path = pg_catalog
  as $$ select (tests.get_supabase_user(identifier) ->> 'id')::uuid $$;
create function tests.authenticate_as(identifier text) returns void language plpgsql as $$
declare
  who json := tests.get_supabase_user(identifier);
begin
  perform set_config('role', 'authenticated', true);
  perform set_config('request.jwt.claims', json_build_object('sub', who ->> 'id', 'email', who ->> 'email', 'phone', who ->> 'phone',
    'role', 'authenticated', 'user_metadata', who -> 'raw_user_meta_data', 'app_metadata', who -> 'raw_app_meta_data')::text, true);
end
$$;
create function tests.authenticate_as_service_role() returns void language plpgsql as $$
begin
  perform set_config('role', 'service_role', true);
  perform set_config('request.jwt.claims', null, true);
end
$$;
create function tests.clear_authentication() returns void language plpgsql as $$
begin
  perform set_config('role', 'anon', true);
  perform set_config('request.jwt.claims', null, true);
end
$$;
@unavailable tests.rls_enabled(testing_schema text) returns text;
@unavailable tests.rls_enabled(testing_schema text, testing_table text) returns text;
@unavailable tests.freeze_time(frozen_time timestamptz) returns void;
create function tests.unfreeze_time() returns void language sql as $$ select $$;
grant usage on schema tests to public;
grant execute on all functions in schema tests to public;
