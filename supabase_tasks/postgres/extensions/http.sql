-- version: 1.6
-- versions: 1.0 1.1 1.2 1.3 1.4 1.5 1.7
-- comment: HTTP client for PostgreSQL, allows web page retrieval inside the database.
-- relocatable: true
-- always: the real one sends requests
create domain http_method as text;
create type http_header as (field varchar, value varchar);
create type http_response as (status integer, content_type varchar, headers http_header[], content varchar);
create type http_request as (method http_method, uri varchar, headers http_header[], content_type varchar, content varchar);
create function http_header(field varchar, value varchar) returns http_header language sql
  as $$ select row($1, $2)::http_header $$;
create function urlencode(string varchar) returns text language sql immutable strict as $$
  select pg_catalog.string_agg(
    case when piece ~ '^[A-Za-z0-9_.~-]$' then piece
      else pg_catalog.regexp_replace(pg_catalog.upper(pg_catalog.encode(pg_catalog.convert_to(piece, 'UTF8'), 'hex')), '(..)', '%\1', 'g') end,
    '' order by place)
  from pg_catalog.regexp_split_to_table($1, '') with ordinality as letters (piece, place)
$$;
create function urlencode(string bytea) returns text language sql immutable strict
  as $$ select pg_catalog.regexp_replace(pg_catalog.upper(pg_catalog.encode($1, 'hex')), '(..)', '%\1', 'g') $$;
create function urlencode(data jsonb) returns text language sql immutable strict as $$
  select pg_catalog.string_agg(key || '=' || pg_catalog.replace(value, ' ', '%20'), '&') from pg_catalog.jsonb_each_text($1)
$$;
create function text_to_bytea(data text) returns bytea language sql immutable strict
  as $$ select pg_catalog.convert_to($1, 'UTF8') $$;
create function bytea_to_text(data bytea) returns text language sql immutable strict
  as $$ select pg_catalog.convert_from($1, 'UTF8') $$;
create function http_list_curlopt() returns table (curlopt text, value text) language sql
  as $$ select null::text, null::text where false $$;
create function http_set_curlopt(curlopt varchar, value varchar) returns boolean language sql as $$ select true $$;
create function http_reset_curlopt() returns boolean language sql as $$ select true $$;
-- The one address that is answered: database.dev's package list, by its own install snippet; the package it names is the stand-in.
create function _http_refuse() returns http_response language plpgsql as $$
begin
  raise exception 'http() is not available in the embedded database'
    using errcode = 'feature_not_supported', hint = 'it works on hosted Supabase and in the Docker stack';
end
$$;
create function http(request http_request) returns http_response language sql
  return case when (request).uri like 'https://api.database.dev/rest/v1/package_versions?%'
    then row(200, 'application/json', null, '[{"version": "0.0.5", "sql": ""}]')::http_response else _http_refuse() end;
@unavailable http_get(uri varchar) returns http_response;
@unavailable http_get(uri varchar, data jsonb) returns http_response;
@unavailable http_post(uri varchar, content varchar, content_type varchar) returns http_response;
@unavailable http_post(uri varchar, data jsonb) returns http_response;
@unavailable http_put(uri varchar, content varchar, content_type varchar) returns http_response;
@unavailable http_patch(uri varchar, content varchar, content_type varchar) returns http_response;
@unavailable http_delete(uri varchar) returns http_response;
@unavailable http_delete(uri varchar, content varchar, content_type varchar) returns http_response;
@unavailable http_head(uri varchar) returns http_response;
