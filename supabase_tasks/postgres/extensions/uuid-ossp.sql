-- version: 1.1
-- versions: 1.0
-- comment: generate universally unique identifiers (UUIDs)
-- relocatable: true
create function uuid_nil() returns uuid language sql immutable strict parallel safe
  as $$ select '00000000-0000-0000-0000-000000000000'::uuid $$;
create function uuid_ns_dns() returns uuid language sql immutable strict parallel safe
  as $$ select '6ba7b810-9dad-11d1-80b4-00c04fd430c8'::uuid $$;
create function uuid_ns_url() returns uuid language sql immutable strict parallel safe
  as $$ select '6ba7b811-9dad-11d1-80b4-00c04fd430c8'::uuid $$;
create function uuid_ns_oid() returns uuid language sql immutable strict parallel safe
  as $$ select '6ba7b812-9dad-11d1-80b4-00c04fd430c8'::uuid $$;
create function uuid_ns_x500() returns uuid language sql immutable strict parallel safe
  as $$ select '6ba7b814-9dad-11d1-80b4-00c04fd430c8'::uuid $$;

create function uuid_generate_v4() returns uuid language sql volatile strict parallel safe
  as $$ select pg_catalog.gen_random_uuid() $$;

-- RFC 4122, 4.2: 100 ns steps since 1582-10-15, a random clock sequence and node (with the multicast bit, also in v1: the
-- machine's own address stays private).
create function uuid_generate_v1mc() returns uuid language plpgsql volatile strict parallel safe as $$
declare
  ticks bigint := 122192928000000000 + (extract(epoch from pg_catalog.clock_timestamp()) * 10000000)::bigint;
  hex text := pg_catalog.lpad(pg_catalog.to_hex(ticks), 16, '0');
  noise text := pg_catalog.replace(pg_catalog.gen_random_uuid()::text, '-', '');
begin
  return (pg_catalog.substr(hex, 9, 8) || pg_catalog.substr(hex, 5, 4) || '1' || pg_catalog.substr(hex, 2, 3)
    || pg_catalog.substr(noise, 17, 4) || pg_catalog.substr(noise, 1, 1) || '3' || pg_catalog.substr(noise, 3, 10))::uuid;
end
$$;
create function uuid_generate_v1() returns uuid language plpgsql volatile strict parallel safe as $$
declare
  ticks bigint := 122192928000000000 + (extract(epoch from pg_catalog.clock_timestamp()) * 10000000)::bigint;
  hex text := pg_catalog.lpad(pg_catalog.to_hex(ticks), 16, '0');
  noise text := pg_catalog.replace(pg_catalog.gen_random_uuid()::text, '-', '');
begin
  return (pg_catalog.substr(hex, 9, 8) || pg_catalog.substr(hex, 5, 4) || '1' || pg_catalog.substr(hex, 2, 3)
    || pg_catalog.substr(noise, 17, 4) || pg_catalog.substr(noise, 1, 1) || '3' || pg_catalog.substr(noise, 3, 10))::uuid;
end
$$;
create function uuid_generate_v3(namespace uuid, name text) returns uuid language plpgsql immutable strict parallel safe as $$
declare
  raw bytea := pg_catalog.decode(pg_catalog.md5(pg_catalog.uuid_send(namespace) || pg_catalog.convert_to(name, 'UTF8')), 'hex');
begin
  raw := pg_catalog.set_byte(raw, 6, (pg_catalog.get_byte(raw, 6) & 15) | 48);
  raw := pg_catalog.set_byte(raw, 8, (pg_catalog.get_byte(raw, 8) & 63) | 128);
  return pg_catalog.encode(raw, 'hex')::uuid;
end
$$;

-- SHA-1 (FIPS 180-4) is not in PostgreSQL's core, and this extension does not need pgcrypto.
create function uuid_generate_v5(namespace uuid, name text) returns uuid language plpgsql immutable strict parallel safe as $$
declare
  mask constant bigint := 4294967295;
  message bytea := pg_catalog.uuid_send(namespace) || pg_catalog.convert_to(name, 'UTF8');
  bits bigint := pg_catalog.length(message)::bigint * 8;
  h bigint[] := array[1732584193, 4023233417, 2562383102, 271733878, 3285377520]::bigint[];
  w bigint[];
  a bigint; b bigint; c bigint; d bigint; e bigint; f bigint; k bigint; t bigint;
  raw bytea;
begin
  message := message || pg_catalog.decode('80', 'hex');
  while pg_catalog.length(message) % 64 <> 56 loop
    message := message || pg_catalog.decode('00', 'hex');
  end loop;
  message := message || pg_catalog.int8send(bits);
  for block in 0 .. pg_catalog.length(message) / 64 - 1 loop
    for i in 0 .. 15 loop
      w[i] := ((pg_catalog.get_byte(message, block * 64 + i * 4)::bigint << 24)
        | (pg_catalog.get_byte(message, block * 64 + i * 4 + 1)::bigint << 16)
        | (pg_catalog.get_byte(message, block * 64 + i * 4 + 2)::bigint << 8)
        | pg_catalog.get_byte(message, block * 64 + i * 4 + 3)::bigint);
    end loop;
    for i in 16 .. 79 loop
      t := w[i - 3] # w[i - 8] # w[i - 14] # w[i - 16];
      w[i] := ((t << 1) | (t >> 31)) & mask;
    end loop;
    a := h[1]; b := h[2]; c := h[3]; d := h[4]; e := h[5];
    for i in 0 .. 79 loop
      if i < 20 then f := (b & c) | ((~b & mask) & d); k := 1518500249;
      elsif i < 40 then f := b # c # d; k := 1859775393;
      elsif i < 60 then f := (b & c) | (b & d) | (c & d); k := 2400959708;
      else f := b # c # d; k := 3395469782;
      end if;
      t := ((((a << 5) | (a >> 27)) & mask) + f + e + k + w[i]) & mask;
      e := d; d := c; c := ((b << 30) | (b >> 2)) & mask; b := a; a := t;
    end loop;
    h := array[(h[1] + a) & mask, (h[2] + b) & mask, (h[3] + c) & mask, (h[4] + d) & mask, (h[5] + e) & mask];
  end loop;
  raw := '';
  for i in 1 .. 4 loop
    raw := raw || pg_catalog.substr(pg_catalog.int8send(h[i]), 5, 4);
  end loop;
  raw := pg_catalog.set_byte(raw, 6, (pg_catalog.get_byte(raw, 6) & 15) | 80);
  raw := pg_catalog.set_byte(raw, 8, (pg_catalog.get_byte(raw, 8) & 63) | 128);
  return pg_catalog.encode(raw, 'hex')::uuid;
end
$$;
