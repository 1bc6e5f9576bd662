-- version: 1.5.11
-- versions: 1.1.0 1.2.0 1.2.3 1.3.0 1.4.0 1.4.2 1.4.4 1.5.0 1.5.4 1.5.6 1.5.7 1.5.9
-- comment: pg_graphql: GraphQL support
-- schema: graphql
create sequence graphql.seq_schema_version as integer cycle;
create function graphql.get_schema_version() returns integer language sql security definer
  as $$ select last_value::integer from graphql.seq_schema_version $$;
create function graphql.increment_schema_version() returns event_trigger language plpgsql security definer
  as $$ begin perform pg_catalog.nextval('graphql.seq_schema_version'); end $$;
create function graphql.exception(message text) returns text language plpgsql as $$ begin raise exception '%', message; end $$;
create function graphql.comment_directive(comment_ text) returns jsonb language sql immutable as $$
  select coalesce((pg_catalog.regexp_match(comment_, '@graphql\((.+)\)'))[1], '{}')::jsonb
$$;
@unavailable graphql._internal_resolve(query text, variables jsonb default '{}', "operationName" text default null, extensions jsonb default null) returns jsonb;
@unavailable graphql.resolve(query text, variables jsonb default '{}', "operationName" text default null, extensions jsonb default null) returns jsonb;
grant usage on schema graphql to postgres, anon, authenticated, service_role;
grant execute on all functions in schema graphql to postgres, anon, authenticated, service_role;
grant all on all sequences in schema graphql to postgres, anon, authenticated, service_role;
