-- version: 3.2.5
-- versions: 2.4.0 3.0.7 3.1.8 3.2.0 3.2.3 4.0.1
-- comment: Super fast and all languages supported full text search index based on Groonga
-- relocatable: true
-- Indexes of every operator class can be made and hold a hash of each row (contrib's bloom under another name); what searches raises
-- (what takes a cstring as a shell type does). Options of an index (`WITH (tokenizer = …)`) are refused.
create function pgroonga_handler(internal) returns index_am_handler language c as '$libdir/bloom', 'blhandler';
create access method pgroonga type index handler pgroonga_handler;

@unavailable pgroonga_score("row" record) returns double precision volatile strict parallel safe;
@unavailable pgroonga_score(tableoid oid, ctid tid) returns double precision volatile strict parallel safe;
create function pgroonga_table_name(indexname cstring) returns text language internal stable strict parallel safe as 'shell_in';
create function pgroonga_index_column_name(indexname cstring, columnname text) returns text language internal stable strict parallel safe as 'shell_in';
create function pgroonga_index_column_name(indexname cstring, columnindex integer) returns text language internal stable strict parallel safe as 'shell_in';
@unavailable pgroonga_command(groongacommand text) returns text volatile strict parallel safe;
@unavailable pgroonga_command(groongacommand text, arguments text[]) returns text volatile strict parallel safe;
@unavailable pgroonga_command_escape_value(value text) returns text immutable strict parallel safe;
@unavailable pgroonga_query_escape(query text) returns text immutable strict parallel safe;
@unavailable pgroonga_escape(value text) returns text immutable strict parallel safe;
@unavailable pgroonga_escape(value text, special_characters text[]) returns text immutable strict parallel safe;
create function pgroonga_query_expand(tablename cstring, termcolumnname text, synonymscolumnname text, query text) returns text language internal volatile strict parallel safe as 'shell_in';
@unavailable pgroonga_query_extract_keywords(query text, index_name text default '') returns text[] immutable strict parallel safe;
create function pgroonga_flush(indexname cstring) returns boolean language internal volatile strict parallel safe as 'shell_in';
@unavailable pgroonga_highlight_html(target text, keywords text[]) returns text immutable strict parallel safe;
create function pgroonga_highlight_html(target text, keywords text[], indexname cstring) returns text language internal immutable strict parallel safe as 'shell_in';
@unavailable pgroonga_highlight_html(targets text[], keywords text[]) returns text[] immutable strict parallel safe;
create function pgroonga_highlight_html(targets text[], keywords text[], indexname cstring) returns text[] language internal immutable strict parallel safe as 'shell_in';
@unavailable pgroonga_match_positions_byte(target text, keywords text[]) returns integer[] immutable strict parallel safe;
create function pgroonga_match_positions_byte(target text, keywords text[], indexname cstring) returns integer[] language internal immutable strict parallel safe as 'shell_in';
@unavailable pgroonga_match_positions_character(target text, keywords text[]) returns integer[] immutable strict parallel safe;
create function pgroonga_match_positions_character(target text, keywords text[], indexname cstring) returns integer[] language internal immutable strict parallel safe as 'shell_in';
@unavailable pgroonga_snippet_html(target text, keywords text[], width integer default 200) returns text[] immutable strict parallel safe;
@unavailable pgroonga_normalize(target text) returns text immutable strict parallel safe;
@unavailable pgroonga_normalize(target text, normalizername text) returns text immutable strict parallel safe;
@unavailable pgroonga_tokenize(target text, variadic options text[]) returns json[] immutable strict parallel safe;
@unavailable pgroonga_list_lagged_indexes() returns setof text volatile strict parallel safe;
@unavailable pgroonga_list_broken_indexes() returns setof text volatile strict parallel safe;
@unavailable pgroonga_is_writable() returns boolean volatile strict parallel safe;
@unavailable pgroonga_set_writable(newwritable boolean) returns boolean volatile strict parallel safe;
@unavailable pgroonga_vacuum() returns boolean volatile strict parallel safe;
@unavailable pgroonga_wal_apply() returns bigint volatile strict parallel safe;
create function pgroonga_wal_apply(indexname cstring) returns bigint language internal volatile strict parallel safe as 'shell_in';
@unavailable pgroonga_wal_truncate() returns bigint volatile strict parallel safe;
create function pgroonga_wal_truncate(indexname cstring) returns bigint language internal volatile strict parallel safe as 'shell_in';

create type pgroonga_full_text_search_condition as (query text, weigths integer[], indexname text);
create type pgroonga_full_text_search_condition_with_scorers as (query text, weigths integer[], scorers text[], indexname text);
create type pgroonga_condition as (query text, weigths integer[], scorers text[], schema_name text, index_name text, column_name text, fuzzy_max_distance_ratio real);

-- Operators by what they do, the type on the left, and the one on the right.
do $outer$
declare
  operation record;
begin
  for operation in select name, symbol, l, r from (values
      ('match_term', '&@', array['text', 'text[]', 'varchar', 'varchar[]'], array['text', 'text', 'varchar', 'varchar']),
      ('match', '&@', array['text', 'text[]', 'varchar', 'jsonb'], array['pgroonga_condition', 'pgroonga_condition', 'pgroonga_condition', 'pgroonga_condition']),
      ('match_jsonb', '&@', array['jsonb'], array['text']),
      ('query', '&@~', array['text', 'text[]', 'varchar', 'jsonb', 'text', 'text[]', 'varchar', 'jsonb'],
        array['text', 'text', 'varchar', 'text', 'pgroonga_condition', 'pgroonga_condition', 'pgroonga_condition', 'pgroonga_condition']),
      ('similar', '&@*', array['text', 'text[]', 'varchar', 'jsonb'], array['text', 'text', 'varchar', 'text']),
      ('prefix', '&^', array['text', 'text[]', 'varchar', 'varchar[]'], array['text', 'text', 'varchar', 'varchar']),
      ('prefix_rk', '&^~', array['text', 'text[]', 'varchar', 'varchar[]'], array['text', 'text', 'varchar', 'varchar']),
      ('not_prefix', '!&^', array['text'], array['text']),
      ('script', '&`', array['text', 'text[]', 'varchar', 'jsonb'], array['text', 'text', 'varchar', 'text']),
      ('match_in', '&@|', array['text', 'text[]', 'varchar'], array['text[]', 'text[]', 'varchar[]']),
      ('query_in', '&@~|', array['text', 'text[]', 'varchar'], array['text[]', 'text[]', 'varchar[]']),
      ('prefix_in', '&^|', array['text', 'text[]', 'varchar', 'varchar[]'], array['text[]', 'text[]', 'varchar[]', 'varchar[]']),
      ('prefix_rk_in', '&^~|', array['text', 'text[]', 'varchar', 'varchar[]'], array['text[]', 'text[]', 'varchar[]', 'varchar[]']),
      ('regexp', '&~', array['text', 'text[]', 'varchar'], array['text', 'text', 'varchar']),
      ('regexp_in', '&~|', array['text', 'varchar'], array['text[]', 'varchar[]']),
      ('equal', '&=', array['text', 'varchar'], array['text', 'varchar']),
      ('equal_query', '&=~', array['text[]', 'varchar[]'], array['text', 'varchar'])
    ) as known (name, symbol, ls, rs), unnest(ls, rs) as u (l, r) loop
    execute format(
      'create function pgroonga_%1$s(%2$s, %3$s) returns boolean language plpgsql immutable strict parallel safe as %4$L',
      operation.name, operation.l, operation.r,
      format('begin raise exception ''pgroonga_%s() is not available in the embedded database'' using errcode = ''feature_not_supported'','
        ' hint = ''it works on hosted Supabase and in the Docker stack''; end', operation.name));
    execute format('create operator %s (function = pgroonga_%s, leftarg = %s, rightarg = %s)',
      operation.symbol, operation.name, operation.l, operation.r);
  end loop;
end
$outer$;

-- A class needs the equality of its type, and a hash of a value.
do $outer$
declare
  class text[];
  kind text;
begin
  foreach kind in array array['text', 'varchar', 'jsonb', 'bool', 'int2', 'int4', 'int8', 'float4', 'float8', 'timestamp', 'timestamptz', 'uuid', 'text[]', 'varchar[]'] loop
    execute format('create function pgroonga_hash(%1$s) returns integer language sql immutable strict parallel safe
      begin atomic select pg_catalog.hashtext($1::text collate "C"); end', kind);
  end loop;
  foreach class slice 1 in array array[
    ['text_full_text_search_ops_v2', 'text', 'default'], ['text_full_text_search_ops', 'text', ''], ['text_term_search_ops_v2', 'text', ''],
    ['text_regexp_ops_v2', 'text', ''], ['text_regexp_ops', 'text', ''],
    ['text_array_full_text_search_ops_v2', 'text[]', 'default'], ['text_array_full_text_search_ops', 'text[]', ''],
    ['text_array_term_search_ops_v2', 'text[]', ''], ['text_array_regexp_ops_v2', 'text[]', ''],
    ['varchar_term_search_ops_v2', 'varchar', 'default'], ['varchar_ops', 'varchar', ''], ['varchar_full_text_search_ops_v2', 'varchar', ''],
    ['varchar_full_text_search_ops', 'varchar', ''], ['varchar_regexp_ops_v2', 'varchar', ''], ['varchar_regexp_ops', 'varchar', ''],
    ['varchar_array_term_search_ops_v2', 'varchar[]', 'default'], ['varchar_array_ops', 'varchar[]', ''],
    ['jsonb_ops_v2', 'jsonb', 'default'], ['jsonb_ops', 'jsonb', ''], ['jsonb_full_text_search_ops_v2', 'jsonb', ''],
    ['bool_ops', 'bool', 'default'], ['int2_ops', 'int2', 'default'], ['int4_ops', 'int4', 'default'], ['int8_ops', 'int8', 'default'],
    ['float4_ops', 'float4', 'default'], ['float8_ops', 'float8', 'default'], ['timestamp_ops', 'timestamp', 'default'],
    ['timestamptz_ops', 'timestamptz', 'default'], ['uuid_ops', 'uuid', 'default']] loop
    execute format('create operator class pgroonga_%1$s %3$s for type %2$s using pgroonga as operator 1 pg_catalog.=(%4$s, %4$s), function 1 pgroonga_hash(%2$s)',
      class[1], class[2], class[3], case when class[2] like '%[]' then 'anyarray' when class[2] = 'varchar' then 'text' else class[2] end);
  end loop;
end
$outer$;
