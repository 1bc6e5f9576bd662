-- version: 0.2.0
-- versions: 0.0.1 0.1.0 0.1.1
-- comment: JSON Web Token API for Postgresql
-- requires: pgcrypto
create function url_encode(data bytea) returns text language sql immutable as $$
  select pg_catalog.translate(pg_catalog.encode(data, 'base64'), E'+/=\n', '-_')
$$;
create function url_decode(data text) returns bytea language sql immutable as $$
  select pg_catalog.decode(
    pg_catalog.rpad(pg_catalog.translate(data, '-_', '+/'), (pg_catalog.length(data) + 3) / 4 * 4, '='), 'base64')
$$;
-- RFC 2104 over PostgreSQL's own SHA-2.
create function algorithm_sign(signables text, secret text, algorithm text) returns text language plpgsql immutable as $$
declare
  kind text := case algorithm when 'HS256' then 'sha256' when 'HS384' then 'sha384' when 'HS512' then 'sha512' end;
  size integer := case when algorithm = 'HS256' then 64 else 128 end;
  key bytea := pg_catalog.convert_to(secret, 'UTF8');
  inner_key bytea := '';
  outer_key bytea := '';
  digest bytea;
begin
  if kind is null then
    raise exception 'Cannot use "%": No such hash algorithm', algorithm using errcode = '22023';
  end if;
  if pg_catalog.length(key) > size then
    execute pg_catalog.format('select pg_catalog.%I($1)', kind) using key into key;
  end if;
  key := key || pg_catalog.decode(pg_catalog.repeat('00', size - pg_catalog.length(key)), 'hex');
  for i in 0 .. size - 1 loop
    inner_key := inner_key || pg_catalog.decode(pg_catalog.lpad(pg_catalog.to_hex(pg_catalog.get_byte(key, i) # 54), 2, '0'), 'hex');
    outer_key := outer_key || pg_catalog.decode(pg_catalog.lpad(pg_catalog.to_hex(pg_catalog.get_byte(key, i) # 92), 2, '0'), 'hex');
  end loop;
  execute pg_catalog.format('select pg_catalog.%I($1 || pg_catalog.%I($2 || $3))', kind, kind)
    using outer_key, inner_key, pg_catalog.convert_to(signables, 'UTF8') into digest;
  return @extschema@.url_encode(digest);
end
$$;
create function sign(payload json, secret text, algorithm text default 'HS256') returns text language sql immutable as $$
  select body || '.' || @extschema@.algorithm_sign(body, secret, algorithm)
  from (select
    @extschema@.url_encode(pg_catalog.convert_to('{"alg":"' || algorithm || '","typ":"JWT"}', 'UTF8')) || '.' ||
    @extschema@.url_encode(pg_catalog.convert_to(payload::text, 'UTF8')) as body) as parts
$$;
create function try_cast_double(inp text) returns double precision language plpgsql immutable as $$
begin
  return inp::double precision;
exception when others then
  return null;
end
$$;
create function verify(token text, secret text, algorithm text default 'HS256')
returns table (header json, payload json, valid boolean) language sql immutable as $$
  select h, p,
    parts[3] = @extschema@.algorithm_sign(parts[1] || '.' || parts[2], secret, algorithm)
      and pg_catalog.tstzrange(
        pg_catalog.to_timestamp(@extschema@.try_cast_double(p ->> 'nbf')), pg_catalog.to_timestamp(@extschema@.try_cast_double(p ->> 'exp'))
      ) @> current_timestamp
  from pg_catalog.regexp_split_to_array(token, '\.') as parts,
    lateral (select pg_catalog.convert_from(@extschema@.url_decode(parts[1]), 'UTF8')::json as h,
      pg_catalog.convert_from(@extschema@.url_decode(parts[2]), 'UTF8')::json as p) as decoded
$$;
