-- version: 1.4.1
-- versions: 1.3.1 1.4.0 1.4.2
-- comment: Hypothetical indexes for PostgreSQL
-- relocatable: true
create function hypopg_reset() returns void language sql as $$ select $$;
create function hypopg_reset_index() returns void language sql as $$ select $$;
create function hypopg_drop_index(indexid oid) returns boolean language sql as $$ select false $$;
create function hypopg(
  out indexname text, out indexrelid oid, out indrelid oid, out innatts integer, out indisunique boolean, out indkey int2vector,
  out indcollation oidvector, out indclass oidvector, out indoption oidvector, out indexprs pg_node_tree, out indpred pg_node_tree,
  out amid oid
) returns setof record language sql as $$
  select null::text, 0::oid, 0::oid, 0, false, null::int2vector, null::oidvector, null::oidvector, null::oidvector,
    null::pg_node_tree, null::pg_node_tree, 0::oid where false
$$;
create view hypopg_list_indexes as
  select h.indexrelid, h.indexname as index_name, null::name as schema_name, null::name as table_name, null::name as am_name
  from hypopg() as h;
create view hypopg_hidden_indexes as
  select null::oid as indexrelid, null::name as index_name, null::name as schema_name, null::name as table_name, null::name as am_name,
    false as is_hypo where false;
@unavailable hypopg_create_index(in sql_order text, out indexrelid oid, out indexname text) returns setof record;
@unavailable hypopg_get_indexdef(indexid oid) returns text;
@unavailable hypopg_relation_size(indexid oid) returns bigint;
@unavailable hypopg_hide_index(indexid oid) returns boolean;
@unavailable hypopg_unhide_index(indexid oid) returns boolean;
