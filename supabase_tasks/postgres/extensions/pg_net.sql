-- version: 0.19.5
-- versions: 0.1 0.2 0.3 0.4 0.5 0.5.1 0.6 0.7 0.7.1 0.7.3 0.8.0 0.9.0 0.9.1 0.9.2 0.10.0 0.11.0 0.12.0 0.13.0 0.14.0 0.15.0 0.16.0 0.17.0 0.18.0 0.19.0
-- comment: Async HTTP
-- always: the real one must be loaded as the server starts, and sends requests
-- Requests are queued as the real extension queues them (it answers later, too); no worker sends them.
create schema net;
create domain net.http_method text check (value ilike 'get' or value ilike 'post' or value ilike 'delete');
create type net.request_status as enum ('PENDING', 'SUCCESS', 'ERROR');
create type net.http_response as (status_code integer, headers jsonb, body text);
create type net.http_response_result as (status net.request_status, message text, response net.http_response);
create unlogged table net.http_request_queue (
  id bigserial,
  method net.http_method not null,
  url text not null,
  headers jsonb,
  body bytea,
  timeout_milliseconds integer not null
);
create unlogged table net._http_response (
  id bigint,
  status_code integer,
  content_type text,
  headers jsonb,
  content text,
  timed_out boolean,
  error_msg text,
  created timestamptz not null default now()
);
create index _http_response_created_idx on net._http_response (created);

create function net._encode_url_with_params_array(url text, params_array text[]) returns text language sql strict immutable as $$
  select url || case when cardinality(params_array) > 0 then '?' || array_to_string(params_array, '&') else '' end
$$;
create function net._queue(method text, url text, params jsonb, headers jsonb, body bytea, timeout_milliseconds integer)
returns bigint language sql security definer set search_path = net as $$
  insert into net.http_request_queue (method, url, headers, body, timeout_milliseconds)
  values (method, net._encode_url_with_params_array(url, array(select key || '=' || value from jsonb_each_text(params))),
    headers, body, timeout_milliseconds)
  returning id
$$;
create function net.http_get(
  url text, params jsonb default '{}', headers jsonb default '{}', timeout_milliseconds integer default 5000
) returns bigint language sql security definer set search_path = net
  as $$ select net._queue('GET', url, params, headers, null, timeout_milliseconds) $$;
create function net.http_post(
  url text, body jsonb default '{}', params jsonb default '{}', headers jsonb default '{"Content-Type": "application/json"}',
  timeout_milliseconds integer default 5000
) returns bigint language plpgsql security definer set search_path = net as $$
declare
  kind text := (select value from jsonb_each_text(headers) where lower(key) = 'content-type' limit 1);
begin
  if kind is not null and kind not ilike 'application/json%' then
    raise exception 'Content-Type header must be "application/json"';
  end if;
  return net._queue('POST', url, params,
    case when kind is null then coalesce(headers, '{}') || '{"Content-Type": "application/json"}' else headers end,
    convert_to(body::text, 'UTF8'), timeout_milliseconds);
end
$$;
create function net.http_delete(
  url text, params jsonb default '{}', headers jsonb default '{}', timeout_milliseconds integer default 5000,
  body jsonb default null
) returns bigint language sql security definer set search_path = net
  as $$ select net._queue('DELETE', url, params, headers, convert_to(body::text, 'UTF8'), timeout_milliseconds) $$;
create function net.http_collect_response(request_id bigint, async boolean default true) returns net.http_response_result
language sql security definer set search_path = net as $$
  select row('PENDING', 'request is pending processing', null)::net.http_response_result
$$;
create function net._http_collect_response(request_id bigint, async boolean default true) returns net.http_response_result
  language sql as $$ select net.http_collect_response(request_id, async) $$;
create function net.check_worker_is_up() returns void language plpgsql as $$
begin
  raise exception 'the pg_net background worker is not up' using hint = 'the embedded database sends no requests';
end
$$;
create function net.worker_restart() returns boolean language sql as $$ select true $$;

grant usage on schema net to supabase_functions_admin, postgres, anon, authenticated, service_role;
revoke all on function net._queue(text, text, jsonb, jsonb, bytea, integer) from public;
grant all on all functions in schema net to postgres, supabase_functions_admin, anon, authenticated, service_role;
grant all on all tables in schema net to postgres;
grant all on all sequences in schema net to postgres;
