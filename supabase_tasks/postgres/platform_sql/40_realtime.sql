-- Schema realtime as the realtime service leaves it (supabase/realtime, tenant migrations up to July 2026). The functions that
-- only the service itself calls (apply_rls, list_changes and what they use) exist by signature and are not available.
set role supabase_realtime_admin;

create type realtime.action as enum ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'ERROR');
create type realtime.equality_op as enum (
  'eq', 'neq', 'lt', 'lte', 'gt', 'gte', 'in', 'like', 'ilike', 'is', 'match', 'imatch', 'isdistinct'
);
create type realtime.user_defined_filter as (column_name text, op realtime.equality_op, value text, negate boolean);
create type realtime.wal_column as (
  name text, type_name text, type_oid oid, value jsonb, is_pkey boolean, is_selectable boolean
);
create type realtime.wal_rls as (wal jsonb, is_rls_enabled boolean, subscription_ids uuid[], errors text[]);

create function realtime.to_regrole(role_name text) returns regrole language sql immutable as $$ select role_name::regrole $$;
create function realtime.topic() returns text language sql stable as $$
  select nullif(current_setting('realtime.topic', true), '')
$$;

create table realtime.messages (
  topic text not null,
  extension text not null,
  payload jsonb,
  event text,
  private boolean default false,
  updated_at timestamp not null default now(),
  inserted_at timestamp not null default now(),
  id uuid not null default gen_random_uuid(),
  binary_payload bytea,
  constraint messages_pkey primary key (id, inserted_at),
  constraint messages_payload_exclusive check (payload is null or binary_payload is null)
) partition by range (inserted_at);
alter table realtime.messages enable row level security;
create index messages_inserted_at_topic_index on realtime.messages (inserted_at desc, topic)
  where extension = 'broadcast' and private is true;

create table realtime.subscription (
  id bigint generated always as identity constraint pk_subscription primary key,
  subscription_id uuid not null,
  entity regclass not null,
  filters realtime.user_defined_filter[] not null default '{}',
  claims jsonb not null,
  claims_role regrole not null generated always as (realtime.to_regrole(claims ->> 'role')) stored,
  created_at timestamp not null default timezone('utc', now()),
  action_filter text default '*'
    constraint subscription_action_filter_check check (action_filter in ('*', 'INSERT', 'UPDATE', 'DELETE')),
  selected_columns text[]
);
create index ix_realtime_subscription_entity on realtime.subscription (entity);
create unique index subscription_subscription_id_entity_filters_action_filter_selec
  on realtime.subscription (subscription_id, entity, filters, action_filter, coalesce(selected_columns, '{}'));

create table realtime.schema_migrations (
  version bigint not null constraint schema_migrations_pkey primary key,
  inserted_at timestamp(0)
);

create function realtime.send(payload jsonb, event text, topic text, private boolean default true) returns void
language plpgsql as $$
declare
  message_id uuid := gen_random_uuid();
begin
  perform set_config('realtime.topic', topic, true);
  insert into realtime.messages (id, payload, event, topic, private, extension)
  values (message_id, case when payload ? 'id' then payload else jsonb_set(payload, '{id}', to_jsonb(message_id)) end,
    event, topic, private, 'broadcast');
exception when others then
  raise warning 'WarnSendingBroadcastMessage: %', sqlerrm;
end
$$;
create function realtime.send_binary(payload bytea, event text, topic text, private boolean default true) returns void
language plpgsql as $$
begin
  perform set_config('realtime.topic', topic, true);
  insert into realtime.messages (binary_payload, event, topic, private, extension)
  values (payload, event, topic, private, 'broadcast');
exception when others then
  raise warning 'WarnSendingBroadcastMessage: %', sqlerrm;
end
$$;
create function realtime.broadcast_changes(
  topic_name text, event_name text, operation text, table_name text, table_schema text, new record, old record,
  level text default 'ROW'
) returns void language plpgsql as $$
begin
  if level = 'STATEMENT' then
    raise exception 'function can only be triggered for each row, not for each statement';
  end if;
  if operation not in ('INSERT', 'UPDATE', 'DELETE') then
    raise exception 'Unexpected operation type: %', operation;
  end if;
  perform realtime.send(
    jsonb_build_object(
      'old_record', old, 'record', new, 'operation', operation, 'table', table_name, 'schema', table_schema
    ),
    event_name, topic_name
  );
exception when others then
  raise exception 'Failed to process the row: %', sqlerrm;
end
$$;
create function realtime.quote_wal2json(entity regclass) returns text language sql immutable strict as $$
  select regexp_replace(format('%s.%s', c.relnamespace::regnamespace, c.relname), '([ ,.''"])', '\\\1', 'g')
  from pg_catalog.pg_class as c where c.oid = entity
$$;
create function realtime."cast"(val text, type_ regtype) returns jsonb language plpgsql immutable as $$
declare
  result jsonb;
begin
  execute format('select to_jsonb(%L::%s)', val, type_) into result;
  return result;
end
$$;

do $$
declare
  signature text;
begin
  foreach signature in array array[
    'apply_rls(wal jsonb, max_record_bytes integer default 1048576) returns setof realtime.wal_rls',
    'build_prepared_statement_sql(prepared_statement_name text, entity regclass, columns realtime.wal_column[]) returns text',
    'check_equality_op(op realtime.equality_op, type_ regtype, val_1 text, val_2 text) returns boolean',
    'is_visible_through_filters(columns realtime.wal_column[], filters realtime.user_defined_filter[]) returns boolean',
    'list_changes(publication name, slot_name name, max_changes integer, max_record_bytes integer)
      returns table (wal jsonb, is_rls_enabled boolean, subscription_ids uuid[], errors text[], slot_changes_count bigint)'
  ] loop
    execute format(
      'create function realtime.%s language plpgsql as %L', signature,
      format('begin raise exception using errcode = ''feature_not_supported'', message = %L; end',
        'realtime.' || split_part(signature, '(', 1) || '() is not available in the embedded database')
    );
  end loop;
end
$$;
create function realtime.subscription_check_filters() returns trigger language plpgsql as $$
begin
  return new;
end
$$;
create trigger tr_check_filters before insert or update on realtime.subscription
  for each row execute function realtime.subscription_check_filters();

grant select, insert, update on realtime.messages to postgres, anon, authenticated, service_role;
grant select on realtime.subscription to postgres, anon, authenticated, service_role;
reset role;
alter table realtime.schema_migrations owner to supabase_admin;
grant all on all functions in schema realtime to postgres, anon, authenticated, service_role;
