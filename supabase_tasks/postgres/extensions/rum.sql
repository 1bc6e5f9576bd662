-- version: 1.3
-- versions: 1.0 1.1 1.2
-- comment: RUM index access method
-- relocatable: true
-- Indexes of every operator class can be made and hold a hash of each row (contrib's bloom under another name): no query uses one, so a
-- search reads the whole table. Distances of times and numbers are computed, those of texts raise. `WITH (attach = …, to = …)` is refused.
create function rumhandler(internal) returns index_am_handler language c as '$libdir/bloom', 'blhandler';
create access method rum type index handler rumhandler;
comment on access method rum is 'rum index access method';

create type rum_distance_query as (query tsquery, method integer);
create function tsquery_to_distance_query(tsquery) returns rum_distance_query language sql immutable strict
  begin atomic select row($1, 0)::rum_distance_query; end;
create cast (tsquery as rum_distance_query) with function tsquery_to_distance_query(tsquery) as implicit;
@unavailable rum_ts_distance(tsvector, tsquery) returns real immutable strict;
@unavailable rum_ts_distance(tsvector, tsquery, integer) returns real immutable strict;
@unavailable rum_ts_distance(tsvector, rum_distance_query) returns real immutable strict;
@unavailable rum_ts_score(tsvector, tsquery) returns real immutable strict;
@unavailable rum_ts_score(tsvector, tsquery, integer) returns real immutable strict;
@unavailable rum_ts_score(tsvector, rum_distance_query) returns real immutable strict;
create operator <=> (leftarg = tsvector, rightarg = tsquery, function = rum_ts_distance);
create operator <=> (leftarg = tsvector, rightarg = rum_distance_query, function = rum_ts_distance);
@unavailable rum_anyarray_similar(anyarray, anyarray) returns boolean strict stable;
@unavailable rum_anyarray_distance(anyarray, anyarray) returns double precision strict stable;
create operator % (leftarg = anyarray, rightarg = anyarray, function = rum_anyarray_similar, commutator = %);
create operator <=> (leftarg = anyarray, rightarg = anyarray, function = rum_anyarray_distance, commutator = <=>);

-- What lies on the other side is infinitely far for a left or a right distance.
do $outer$
declare
  kind text;
  side text[];
  apart text;
begin
  foreach kind in array array['timestamp', 'timestamptz', 'int2', 'int4', 'int8', 'float4', 'float8', 'money', 'oid'] loop
    apart := case
      when kind ~ '^timestamp' then '(extract(epoch from $1) - extract(epoch from $2))::float8'
      when kind = 'money' then '($1::numeric - $2::numeric)::float8' when kind = 'oid' then '$1::int8::float8 - $2::int8::float8'
      else '$1::float8 - $2::float8' end;
    foreach side slice 1 in array array[['distance', '<=>', '<=>', ''], ['left_distance', '<=|', '|=>', '>'], ['right_distance', '|=>', '<=|', '<']] loop
      execute format(
        'create function rum_%1$s_%2$s(%1$s, %1$s) returns float8 language sql immutable strict begin atomic select %3$s; end', kind, side[1],
        case when side[4] = '' then format('abs(%s)', apart)
          else format('case when $1 %s $2 then ''infinity''::float8 else abs(%s) end', side[4], apart) end);
      execute format('create operator %1$s (leftarg = %2$s, rightarg = %2$s, function = rum_%2$s_%3$s)', side[2], kind, side[1]);
    end loop;
  end loop;
end
$outer$;

-- A class needs the equality of its type, and a hash of a value.
create function rum_hash(tsvector) returns integer language sql immutable strict parallel safe
  begin atomic select pg_catalog.hashtext($1::text collate "C"); end;
do $outer$
declare
  class text[];
  kind text;
begin
  foreach kind in array array['timestamp', 'timestamptz', 'int2', 'int4', 'int8', 'float4', 'float8', 'money', 'oid', 'time', 'timetz', 'date', 'interval',
    'macaddr', 'inet', 'cidr', 'text', 'varchar', '"char"', 'bytea', 'bit', 'varbit', 'numeric', 'tsquery'] loop
    execute format('create function rum_hash(%1$s) returns integer language sql immutable strict parallel safe
      begin atomic select pg_catalog.hashtext($1::text collate "C"); end', kind);
    execute format('create operator class %3$s default for type %1$s using rum as operator 1 pg_catalog.=(%2$s, %2$s), function 1 rum_hash(%1$s)',
      kind, case kind when 'varchar' then 'text' when 'cidr' then 'inet' else kind end, quote_ident('rum_' || btrim(kind, '"') || '_ops'));
  end loop;
  foreach class slice 1 in array array[['tsvector_ops', 'default'], ['tsvector_hash_ops', ''], ['tsvector_addon_ops', ''],
    ['tsvector_hash_addon_ops', ''], ['tsvector_timestamp_ops', ''], ['tsvector_hash_timestamp_ops', ''], ['tsvector_timestamptz_ops', ''],
    ['tsvector_hash_timestamptz_ops', '']] loop
    execute format('create operator class rum_%s %s for type tsvector using rum as operator 1 pg_catalog.=(tsvector, tsvector),
      function 1 rum_hash(tsvector)', class[1], class[2]);
  end loop;
  foreach class slice 1 in array array[['anyarray_ops', 'default'], ['anyarray_addon_ops', '']] loop
    execute format('create operator class rum_%s %s for type anyarray using rum as operator 1 pg_catalog.=(anyarray, anyarray),
      function 1 pg_catalog.hash_array(anyarray)', class[1], class[2]);
  end loop;
end
$outer$;
