-- version: 0.8.0
-- versions: 0.4.0 0.4.4 0.5.0 0.5.1 0.6.0 0.6.2 0.7.0 0.7.4 0.8.1 0.8.2
-- comment: vector data type and ivfflat and hnsw access methods
-- relocatable: true
-- Vectors are kept as text; distances are computed. hnsw and ivfflat indexes can be made and hold a hash of each row (contrib's bloom
-- under another name), so a nearest-neighbour query reads the whole table: right, only not fast.
do $outer$
declare
  kind text;
begin
  foreach kind in array array['vector', 'halfvec', 'sparsevec'] loop
    execute replace($sql$
      create type vector;
      create function vector_in(cstring, oid, integer) returns vector language internal immutable strict parallel safe as 'textin';
      create function vector_out(vector) returns cstring language internal immutable strict parallel safe as 'textout';
      create function vector_typmod_in(cstring[]) returns integer language internal immutable strict parallel safe
        as 'varbittypmodin';
      create function vector_typmod_out(integer) returns cstring language internal immutable strict parallel safe
        as 'varbittypmodout';
      create function vector_recv(internal, oid, integer) returns vector language internal immutable strict parallel safe
        as 'textrecv';
      create function vector_send(vector) returns bytea language internal immutable strict parallel safe as 'textsend';
      create type vector (
        input = vector_in, output = vector_out, receive = vector_recv, send = vector_send, typmod_in = vector_typmod_in,
        typmod_out = vector_typmod_out, storage = external
      );
    $sql$, 'vector', kind);
  end loop;
end
$outer$;

-- Numbers of a dense vector in order; of a sparse one ('{1:0.5,7:2}/9') with its zeros.
create function vector_numbers(value text) returns double precision[] language plpgsql immutable strict parallel safe as $$
declare
  body text := btrim(value);
  numbers double precision[];
begin
  if body ~ '^\[.*\]$' then
    return string_to_array(btrim(body, '[] '), ',')::double precision[];
  elsif body ~ '^\{.*\}/[0-9]+$' then
    numbers := array_fill(0::double precision, array[split_part(body, '/', 2)::integer]);
    select coalesce(array_agg(coalesce(split_part(e, ':', 2)::double precision, 0) order by n), numbers) into numbers
    from generate_subscripts(numbers, 1) as n
    left join unnest(string_to_array(btrim(split_part(body, '/', 1), '{} '), ',')) as e on split_part(e, ':', 1)::integer = n;
    return numbers;
  end if;
  raise exception using errcode = '22P02', message = format('invalid input syntax for type vector: "%s"', value);
end
$$;
create function vector_text(numbers double precision[]) returns text language sql immutable strict parallel safe
  begin atomic select '[' || coalesce(pg_catalog.string_agg(n::real::text, ',' order by place), '') || ']'
    from unnest(numbers) with ordinality as u (n, place); end;

create function vector_sparse_text(numbers double precision[]) returns text language sql immutable strict parallel safe
  begin atomic select '{' || coalesce(pg_catalog.string_agg(place || ':' || n::real::text, ',' order by place), '') || '}/'
    || pg_catalog.cardinality(numbers)
    from unnest(numbers) with ordinality as u (n, place) where n <> 0; end;

create function vector_length(numbers double precision[]) returns double precision language sql immutable strict parallel safe
  begin atomic select pg_catalog.sqrt(pg_catalog.sum(a * a)) from unnest(numbers) as u (a); end;
create function vector_refuse(expected integer, actual integer) returns text language plpgsql immutable strict parallel safe as $$
begin
  raise exception using errcode = '22000', message = format('expected %s dimensions, not %s', expected, actual);
end
$$;
-- Bodies are parsed here and now: they hold whatever the search path is later, and when the extension is moved.
do $outer$
declare
  kind text;
  kept text;
begin
  foreach kind in array array['vector', 'halfvec', 'sparsevec'] loop
    kept := case when kind = 'sparsevec' then '$1' else format('vector_text(vector_numbers($1::text))::%s', kind) end;
    execute format(
      'create function %1$s(%1$s, integer, boolean) returns %1$s language sql immutable strict parallel safe
         return case when $2 <> -1 and cardinality(vector_numbers($1::text)) <> $2
           then vector_refuse($2, cardinality(vector_numbers($1::text)))::%1$s else %2$s end;
       create cast (%1$s as %1$s) with function %1$s(%1$s, integer, boolean) as implicit', kind, kept);
  end loop;
end
$outer$;

-- Everything that goes by the numbers is the same for the three types.
do $outer$
declare
  kind text;
  source text;
begin
  foreach kind in array array['vector', 'halfvec', 'sparsevec'] loop
    execute replace(replace($sql$
      create function l2_distance(#T#, #T#) returns double precision language sql immutable strict parallel safe
  begin atomic select pg_catalog.sqrt(pg_catalog.sum((a - b) ^ 2))
        from unnest(vector_numbers($1::text), vector_numbers($2::text)) as u (a, b); end;
      create function l1_distance(#T#, #T#) returns double precision language sql immutable strict parallel safe
  begin atomic select pg_catalog.sum(pg_catalog.abs(a - b))
        from unnest(vector_numbers($1::text), vector_numbers($2::text)) as u (a, b); end;
      create function inner_product(#T#, #T#) returns double precision language sql immutable strict parallel safe
  begin atomic select pg_catalog.sum(a * b)
        from unnest(vector_numbers($1::text), vector_numbers($2::text)) as u (a, b); end;
      create function #K#_negative_inner_product(#T#, #T#) returns double precision
        language sql immutable strict parallel safe
  begin atomic select -inner_product($1, $2); end;
      create function cosine_distance(#T#, #T#) returns double precision language sql immutable strict parallel safe
  begin atomic select 1 - pg_catalog.sum(a * b) / nullif(pg_catalog.sqrt(pg_catalog.sum(a * a) * pg_catalog.sum(b * b)), 0)
        from unnest(vector_numbers($1::text), vector_numbers($2::text)) as u (a, b); end;
      create function #K#_l2_squared_distance(#T#, #T#) returns double precision language sql immutable strict parallel safe
  begin atomic select pg_catalog.sum((a - b) ^ 2)
        from unnest(vector_numbers($1::text), vector_numbers($2::text)) as u (a, b); end;
      create function #K#_cmp(#T#, #T#) returns integer language sql immutable strict parallel safe
  begin atomic select pg_catalog.btarraycmp(vector_numbers($1::text), vector_numbers($2::text)); end;
      create function #K#_hash(#T#) returns integer language sql immutable strict parallel safe
  begin atomic select pg_catalog.hash_array(vector_numbers($1::text)); end;
      create operator <-> (leftarg = #T#, rightarg = #T#, function = l2_distance, commutator = operator(<->));
      create operator <+> (leftarg = #T#, rightarg = #T#, function = l1_distance, commutator = operator(<+>));
      create operator <#> (leftarg = #T#, rightarg = #T#, function = #K#_negative_inner_product,
        commutator = operator(<#>));
      create operator <=> (leftarg = #T#, rightarg = #T#, function = cosine_distance,
        commutator = operator(<=>));
    $sql$, '#T#', '' || kind), '#K#', kind);
    foreach source in array array['lt <', 'le <=', 'eq =', 'ne <>', 'ge >=', 'gt >'] loop
      execute format(
        'create function %1$s_%2$s(%1$s, %1$s) returns boolean language sql immutable strict parallel safe
           return %1$s_cmp($1, $2) operator(pg_catalog.%3$s) 0;
         create operator %3$s (leftarg = %1$s, rightarg = %1$s, function = %1$s_%2$s)',
        kind, split_part(source, ' ', 1), split_part(source, ' ', 2));
    end loop;
    execute format(
      'create operator class %1$s_ops default for type %1$s using btree as
         operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >,
         function 1 %1$s_cmp(%1$s, %1$s)', kind);
  end loop;
end
$outer$;

-- contrib's bloom: its options hold the index parameters (standin_numbers.py).
create function hnswhandler(internal) returns index_am_handler language c as '$libdir/bloom', 'blhandler';
create function ivfflathandler(internal) returns index_am_handler language c as '$libdir/bloom', 'blhandler';
create access method hnsw type index handler hnswhandler;
create access method ivfflat type index handler ivfflathandler;
do $outer$
declare
  name text;
begin
  foreach name in array array['ivfflat_halfvec', 'ivfflat_bit', 'hnsw_halfvec', 'hnsw_bit', 'hnsw_sparsevec'] loop
    execute format('create function %s_support(internal) returns internal language internal as ''shell_in''', name);
  end loop;
end
$outer$;
comment on access method hnsw is 'hnsw index access method';
comment on access method ivfflat is 'ivfflat index access method';
create function bit_hash(bit) returns integer language sql immutable strict parallel safe
  begin atomic select pg_catalog.hashtext($1::text collate "C"); end;
do $outer$
declare
  class record;
begin
  for class in
    select kind, measure, method
    from unnest(array['vector', 'halfvec', 'sparsevec']) as kind, unnest(array['l2', 'ip', 'cosine', 'l1']) as measure,
      unnest(array['hnsw', 'ivfflat']) as method
    where method = 'hnsw' or (measure <> 'l1' and kind <> 'sparsevec')
  loop
    execute format(
      'create operator class %1$s_%2$s_ops %3$s for type %1$s using %4$s as
         operator 1 =(%1$s, %1$s), function 1 %1$s_hash(%1$s)',
      class.kind, class.measure, case when class.measure = 'l2' and class.method = 'ivfflat' then 'default' else '' end, class.method);
  end loop;
  for class in select measure, method from unnest(array['hamming', 'jaccard']) as measure, unnest(array['hnsw', 'ivfflat']) as method loop
    execute format(
      'create operator class bit_%1$s_ops for type bit using %2$s as
         operator 1 pg_catalog.=(bit, bit), function 1 bit_hash(bit)', class.measure, class.method);
  end loop;
end
$outer$;

create function hamming_distance(bit, bit) returns double precision language sql immutable strict parallel safe
  begin atomic select pg_catalog.bit_count($1 # $2)::double precision; end;
create function jaccard_distance(bit, bit) returns double precision language sql immutable strict parallel safe
  begin atomic select 1 - pg_catalog.bit_count($1 & $2)::double precision / nullif(pg_catalog.bit_count($1 | $2), 0); end;
create operator <~> (leftarg = bit, rightarg = bit, function = hamming_distance);
create operator <%> (leftarg = bit, rightarg = bit, function = jaccard_distance);

-- What vector and halfvec have in common.
do $outer$
declare
  kind text;
begin
  foreach kind in array array['vector', 'halfvec'] loop
    execute replace($sql$
      create function #T#_spherical_distance(#T#, #T#) returns double precision language sql immutable strict parallel safe
  begin atomic select pg_catalog.acos(greatest(-1, least(1, inner_product($1, $2)))) / pg_catalog.pi(); end;
      create function vector_dims(#T#) returns integer language sql immutable strict parallel safe
  begin atomic select pg_catalog.cardinality(vector_numbers($1::text)); end;
      create function #T#_add(#T#, #T#) returns #T# language sql immutable strict parallel safe
  begin atomic select vector_text(pg_catalog.array_agg(a + b order by n))::#T#
  from unnest(vector_numbers($1::text), vector_numbers($2::text)) with ordinality as u (a, b, n); end;
      create function #T#_sub(#T#, #T#) returns #T# language sql immutable strict parallel safe
  begin atomic select vector_text(pg_catalog.array_agg(a - b order by n))::#T#
  from unnest(vector_numbers($1::text), vector_numbers($2::text)) with ordinality as u (a, b, n); end;
      create function #T#_mul(#T#, #T#) returns #T# language sql immutable strict parallel safe
  begin atomic select vector_text(pg_catalog.array_agg(a * b order by n))::#T#
  from unnest(vector_numbers($1::text), vector_numbers($2::text)) with ordinality as u (a, b, n); end;
      create function #T#_concat(#T#, #T#) returns #T# language sql immutable strict parallel safe
  begin atomic select vector_text(vector_numbers($1::text) || vector_numbers($2::text))::#T#; end;
      create operator + (leftarg = #T#, rightarg = #T#, function = #T#_add, commutator = operator(+));
      create operator - (leftarg = #T#, rightarg = #T#, function = #T#_sub);
      create operator * (leftarg = #T#, rightarg = #T#, function = #T#_mul, commutator = operator(*));
      create operator || (leftarg = #T#, rightarg = #T#, function = #T#_concat);
      create function l2_normalize(#T#) returns #T# language sql immutable strict parallel safe
  begin atomic select vector_text(pg_catalog.array_agg(a / nullif(vector_length(vector_numbers($1::text)), 0) order by n))::#T#
  from unnest(vector_numbers($1::text)) with ordinality as u (a, n); end;
      create function subvector(#T#, integer, integer) returns #T# language sql immutable strict parallel safe
  begin atomic select vector_text((vector_numbers($1::text))[$2 : $2 + $3 - 1])::#T#; end;
      create function binary_quantize(#T#) returns bit language sql immutable strict parallel safe
  begin atomic select pg_catalog.string_agg(case when a > 0 then '1' else '0' end, '' order by n)::varbit
  from unnest(vector_numbers($1::text)) with ordinality as u (a, n); end;
      create function #T#_to_float4(#T#, integer, boolean) returns real[] language sql immutable strict parallel safe
  begin atomic select vector_numbers($1::text)::real[]; end;
      create function #T#_accum(double precision[], #T#) returns double precision[] language sql immutable parallel safe
  begin atomic select case when $2 is null then $1
    when $1 = '{}' then array[1::double precision] || vector_numbers($2::text)
    else array[$1[1] + 1] || (select pg_catalog.array_agg(a + b order by n)
      from unnest($1[2:], vector_numbers($2::text)) with ordinality as u (a, b, n)) end; end;
      create function #T#_combine(double precision[], double precision[]) returns double precision[] language sql immutable
        strict parallel safe
  begin atomic select case when $1 = '{}' then $2 when $2 = '{}' then $1
    else (select pg_catalog.array_agg(a + b order by n) from unnest($1, $2) with ordinality as u (a, b, n)) end; end;
      create function #T#_avg(double precision[]) returns #T# language sql immutable strict parallel safe
  begin atomic select case when $1 <> '{}' then vector_text(array(
    select a / $1[1] from unnest($1[2:]) with ordinality as u (a, n) order by n))::#T# end; end;
      create aggregate avg(#T#) (
        sfunc = #T#_accum, stype = double precision[], finalfunc = #T#_avg, combinefunc = #T#_combine, initcond = '{}',
        parallel = safe
      );
      create aggregate sum(#T#) (sfunc = #T#_add, stype = #T#, combinefunc = #T#_add, parallel = safe);
    $sql$, '#T#', kind);
  end loop;
end
$outer$;
create cast (vector as real[]) with function vector_to_float4(vector, integer, boolean) as implicit;
create cast (halfvec as real[]) with function halfvec_to_float4(halfvec, integer, boolean) as assignment;
create function vector_norm(vector) returns double precision language sql immutable strict parallel safe
  begin atomic select vector_length(vector_numbers($1::text)); end;
create function l2_norm(halfvec) returns double precision language sql immutable strict parallel safe
  begin atomic select vector_length(vector_numbers($1::text)); end;
create function l2_norm(sparsevec) returns double precision language sql immutable strict parallel safe
  begin atomic select vector_length(vector_numbers($1::text)); end;
create function l2_normalize(sparsevec) returns sparsevec language sql immutable strict parallel safe
  begin atomic select vector_sparse_text(pg_catalog.array_agg(a / nullif(vector_length(vector_numbers($1::text)), 0) order by n))::sparsevec
  from unnest(vector_numbers($1::text)) with ordinality as u (a, n); end;

-- Casts from arrays, and between the types.
do $outer$
declare
  source text;
  kind text;
begin
  foreach kind in array array['vector', 'halfvec', 'sparsevec'] loop
    foreach source in array array['integer', 'real', 'double precision', 'numeric'] loop
      execute format(
        'create function array_to_%2$s(%1$s[], integer, boolean) returns %2$s language sql immutable strict
           parallel safe return %2$s(%3$s($1::double precision[])::%2$s, $2, $3);
         create cast (%1$s[] as %2$s) with function array_to_%2$s(%1$s[], integer, boolean) as assignment',
        source, kind, case kind when 'sparsevec' then 'vector_sparse_text' else 'vector_text' end);
    end loop;
  end loop;
  for source, kind in select * from (values
    ('vector', 'halfvec'), ('halfvec', 'vector'), ('vector', 'sparsevec'), ('sparsevec', 'vector'), ('halfvec', 'sparsevec'),
    ('sparsevec', 'halfvec')) as pairs
  loop
    execute format(
      'create function %1$s_to_%2$s(%1$s, integer, boolean) returns %2$s language sql immutable strict parallel safe
         return %2$s(%3$s(vector_numbers($1::text))::%2$s, $2, $3);
       create cast (%1$s as %2$s) with function %1$s_to_%2$s(%1$s, integer, boolean) as %4$s',
      source, kind, case kind when 'sparsevec' then 'vector_sparse_text' else 'vector_text' end,
      case when source = 'vector' or kind = 'sparsevec' then 'implicit' else 'assignment' end);
  end loop;
end
$outer$;
