-- version: 0.8.0
-- versions: 0.4.0 0.4.4 0.5.0 0.5.1 0.6.0 0.6.2 0.7.0 0.7.4 0.8.1
-- comment: vector data type and ivfflat and hnsw access methods
-- relocatable: true
-- Vectors are kept as text; distances are computed. hnsw and ivfflat indexes can be made and hold a hash of each row (hash indexes
-- under another name), so a nearest-neighbour query reads the whole table: right, only not fast.
do $outer$
declare
  kind text;
begin
  foreach kind in array array['vector', 'halfvec', 'sparsevec'] loop
    execute replace($sql$
      create type vector;
      create function vector_in(cstring) returns vector language internal immutable strict parallel safe as 'textin';
      create function vector_out(vector) returns cstring language internal immutable strict parallel safe as 'textout';
      create function vector_typmod_in(cstring[]) returns integer language internal immutable strict parallel safe
        as 'varbittypmodin';
      create function vector_typmod_out(integer) returns cstring language internal immutable strict parallel safe
        as 'varbittypmodout';
      create type vector (
        input = vector_in, output = vector_out, typmod_in = vector_typmod_in,
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
      create function #K#_dims(#T#) returns integer language sql immutable strict parallel safe
  begin atomic select pg_catalog.cardinality(vector_numbers($1::text)); end;
      create function l2_norm(#T#) returns double precision language sql immutable strict parallel safe
  begin atomic select pg_catalog.sqrt(pg_catalog.sum(a * a)) from unnest(vector_numbers($1::text)) as u (a); end;
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

create access method hnsw type index handler pg_catalog.hashhandler;
create access method ivfflat type index handler pg_catalog.hashhandler;
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

create function vector_add(vector, vector) returns vector
language sql immutable strict parallel safe
  begin atomic select vector_text(pg_catalog.array_agg(a + b order by n))::vector
  from unnest(vector_numbers($1::text), vector_numbers($2::text)) with ordinality as u (a, b, n); end;
create function vector_sub(vector, vector) returns vector
language sql immutable strict parallel safe
  begin atomic select vector_text(pg_catalog.array_agg(a - b order by n))::vector
  from unnest(vector_numbers($1::text), vector_numbers($2::text)) with ordinality as u (a, b, n); end;
create function vector_mul(vector, vector) returns vector
language sql immutable strict parallel safe
  begin atomic select vector_text(pg_catalog.array_agg(a * b order by n))::vector
  from unnest(vector_numbers($1::text), vector_numbers($2::text)) with ordinality as u (a, b, n); end;
create operator + (leftarg = vector, rightarg = vector, function = vector_add);
create operator - (leftarg = vector, rightarg = vector, function = vector_sub);
create operator * (leftarg = vector, rightarg = vector, function = vector_mul);
create function l2_normalize(vector) returns vector language sql immutable strict parallel safe
  begin atomic select vector_text(pg_catalog.array_agg(a / nullif(l2_norm($1), 0) order by n))::vector
  from unnest(vector_numbers($1::text)) with ordinality as u (a, n); end;
create function subvector(vector, integer, integer) returns vector
  language sql immutable strict parallel safe
  begin atomic select vector_text((vector_numbers($1::text))[$2 : $2 + $3 - 1])::vector; end;
create function binary_quantize(vector) returns bit language sql immutable strict parallel safe
  begin atomic select pg_catalog.string_agg(case when a > 0 then '1' else '0' end, '' order by n)::varbit
  from unnest(vector_numbers($1::text)) with ordinality as u (a, n); end;

do $outer$
declare
  source text;
begin
  foreach source in array array['integer', 'real', 'double precision', 'numeric'] loop
    execute format(
      'create function array_to_vector(%1$s[], integer, boolean) returns vector language sql immutable strict
         parallel safe return vector(vector_text($1::double precision[])::vector, $2, $3);
       create cast (%1$s[] as vector) with function array_to_vector(%1$s[], integer, boolean) as assignment', source);
  end loop;
end
$outer$;
create function vector_to_float4(vector, integer, boolean) returns real[] language sql immutable strict
  parallel safe
  begin atomic select vector_numbers($1::text)::real[]; end;
create cast (vector as real[]) with function vector_to_float4(vector, integer, boolean) as implicit;
create function vector_to_halfvec(vector, integer, boolean) returns halfvec language sql immutable
  strict parallel safe
  begin atomic select halfvec($1::text::halfvec, $2, $3); end;
create cast (vector as halfvec)
  with function vector_to_halfvec(vector, integer, boolean) as implicit;
create function halfvec_to_vector(halfvec, integer, boolean) returns vector language sql immutable
  strict parallel safe
  begin atomic select vector($1::text::vector, $2, $3); end;
create cast (halfvec as vector)
  with function halfvec_to_vector(halfvec, integer, boolean) as assignment;

create function vector_accum(double precision[], vector) returns double precision[] language sql immutable
  parallel safe
  begin atomic select case when $2 is null then $1
    when $1 = '{}' then array[1::double precision] || vector_numbers($2::text)
    else array[$1[1] + 1] || (select pg_catalog.array_agg(a + b order by n)
      from unnest($1[2:], vector_numbers($2::text)) with ordinality as u (a, b, n)) end; end;
create function vector_avg(double precision[]) returns vector language sql immutable strict parallel safe
  begin atomic select case when $1 <> '{}' then vector_text(array(
    select a / $1[1] from unnest($1[2:]) with ordinality as u (a, n) order by n))::vector end; end;
create aggregate avg(vector) (
  sfunc = vector_accum, stype = double precision[], finalfunc = vector_avg, initcond = '{}'
);
create aggregate sum(vector) (sfunc = vector_add, stype = vector);
