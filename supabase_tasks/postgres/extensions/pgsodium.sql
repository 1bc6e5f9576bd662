-- version: 3.1.9
-- versions: 3.0.4 3.1.5 3.1.6 3.1.7 3.1.8
-- comment: Postgres extension for libsodium functions
-- schema: pgsodium
-- always: the real one must be loaded as the server starts, with a key
-- Keys exist by name and id; nothing is encrypted with them.
create type pgsodium.key_status as enum ('default', 'valid', 'invalid', 'expired');
create type pgsodium.key_type as enum (
  'aead-ietf', 'aead-det', 'hmacsha512', 'hmacsha256', 'auth', 'shorthash', 'generichash', 'kdf', 'secretbox', 'secretstream', 'stream_xchacha20'
);
create sequence pgsodium.key_key_id_seq;
create table pgsodium.key (
  id uuid primary key default pg_catalog.gen_random_uuid(),
  status pgsodium.key_status default 'valid',
  created timestamptz not null default current_timestamp,
  expires timestamptz,
  key_type pgsodium.key_type,
  key_id bigint default pg_catalog.nextval('pgsodium.key_key_id_seq'),
  key_context bytea default '\x7067736f6469756d' check (pg_catalog.length(key_context) = 8),
  name text unique,
  associated_data text default 'associated',
  raw_key bytea,
  raw_key_nonce bytea,
  parent_key uuid references pgsodium.key (id),
  comment text,
  user_data text
);
create view pgsodium.valid_key as
  select id, name, status, key_type, key_id, key_context, created, expires, associated_data from pgsodium.key
  where status in ('valid', 'default') and (expires is null or expires > now());
create view pgsodium.decrypted_key as select k.*, k.raw_key as decrypted_raw_key from pgsodium.key as k;
create function pgsodium.create_key(
  key_type pgsodium.key_type default 'aead-det', name text default null, raw_key bytea default null, raw_key_nonce bytea default null,
  parent_key uuid default null, key_context bytea default '\x7067736f6469756d', expires timestamptz default null,
  associated_data text default ''
) returns pgsodium.valid_key language plpgsql security definer set search_path = '' as $$
declare
  made uuid;
  result pgsodium.valid_key;
begin
  insert into pgsodium.key (key_type, name, key_context, expires, associated_data)
  values (create_key.key_type, create_key.name, create_key.key_context, create_key.expires, create_key.associated_data)
  returning id into made;
  select * into result from pgsodium.valid_key where id = made;
  return result;
end
$$;
create function pgsodium.get_key_by_name(text) returns pgsodium.valid_key language sql security definer set search_path = ''
  as $$ select * from pgsodium.valid_key where name = $1 $$;
create function pgsodium.get_key_by_id(uuid) returns pgsodium.valid_key language sql security definer set search_path = ''
  as $$ select * from pgsodium.valid_key where id = $1 $$;
create function pgsodium.randombytes_buf(size integer) returns bytea language sql as $$
  select pg_catalog.substr(pg_catalog.string_agg(pg_catalog.uuid_send(pg_catalog.gen_random_uuid()), ''::bytea), 1, size)
  from pg_catalog.generate_series(0, size / 16)
$$;
create function pgsodium.randombytes_random() returns integer language sql
  as $$ select (pg_catalog.random() * 2147483647)::integer $$;
create function pgsodium.crypto_aead_det_noncegen() returns bytea language sql as $$ select pgsodium.randombytes_buf(16) $$;
create function pgsodium.crypto_aead_det_keygen() returns bytea language sql as $$ select pgsodium.randombytes_buf(64) $$;
create function pgsodium.update_mask(target oid, debug boolean default false) returns void language sql as $$ select $$;
create function pgsodium.update_masks(debug boolean default false) returns void language sql as $$ select $$;
create function pgsodium.mask_role(masked_role regrole, source_name text, view_name text) returns void language sql as $$ select $$;
@unavailable pgsodium.crypto_aead_det_encrypt(message bytea, additional bytea, key_uuid uuid, nonce bytea default null) returns bytea;
@unavailable pgsodium.crypto_aead_det_decrypt(message bytea, additional bytea, key_uuid uuid, nonce bytea default null) returns bytea;
@unavailable pgsodium.crypto_aead_det_encrypt(message bytea, additional bytea, key bytea, nonce bytea default null) returns bytea;
@unavailable pgsodium.crypto_aead_det_decrypt(message bytea, additional bytea, key bytea, nonce bytea default null) returns bytea;
@unavailable pgsodium.crypto_secretbox(message bytea, nonce bytea, key bytea) returns bytea;
@unavailable pgsodium.crypto_secretbox_open(message bytea, nonce bytea, key bytea) returns bytea;
@unavailable pgsodium.crypto_sign_new_keypair(out public bytea, out secret bytea) returns record;
grant usage on schema pgsodium to postgres, pgsodium_keyiduser, service_role with grant option;
grant select on all tables in schema pgsodium to postgres, pgsodium_keyiduser with grant option;
grant insert, update, delete on pgsodium.key to postgres, pgsodium_keymaker;
grant all on all sequences in schema pgsodium to postgres, pgsodium_keymaker;
grant execute on all functions in schema pgsodium to postgres, pgsodium_keyiduser, service_role with grant option;
