-- version: 0.3.1
-- versions: 0.2.5 0.2.6 0.2.7 0.2.8 0.2.9 0.3.0
-- comment: Supabase Vault Extension
-- schema: vault
-- always: the real one must be loaded as the server starts, with a key
-- Secrets are kept and read back as with the real extension. They are encoded, not encrypted: there is no key here to hide.
create table vault.secrets (
  id uuid primary key default pg_catalog.gen_random_uuid(),
  name text,
  description text not null default '',
  secret text not null,
  key_id uuid,
  nonce bytea default pg_catalog.uuid_send(pg_catalog.gen_random_uuid()),
  created_at timestamptz not null default current_timestamp,
  updated_at timestamptz not null default current_timestamp
);
comment on table vault.secrets is 'Table with encrypted `secret` column for storing sensitive information on disk.';
create unique index secrets_name_idx on vault.secrets (name) where name is not null;
create function vault._crypto_aead_det_noncegen() returns bytea language sql
  as $$ select pg_catalog.uuid_send(pg_catalog.gen_random_uuid()) $$;
create function vault._crypto_aead_det_encrypt(
  message bytea, additional bytea, key_id bigint, context bytea default '\x7067736f6469756d', nonce bytea default null
) returns bytea language sql immutable as $$ select message $$;
create function vault._crypto_aead_det_decrypt(
  message bytea, additional bytea, key_id bigint, context bytea default '\x7067736f6469756d', nonce bytea default null
) returns bytea language sql immutable as $$ select message $$;
create view vault.decrypted_secrets as
  select s.id, s.name, s.description, s.secret,
    pg_catalog.convert_from(pg_catalog.decode(s.secret, 'base64'), 'UTF8') as decrypted_secret,
    s.key_id, s.nonce, s.created_at, s.updated_at
  from vault.secrets as s;
create function vault.create_secret(
  new_secret text, new_name text default null, new_description text default '', new_key_id uuid default null
) returns uuid language sql security definer set search_path = '' as $$
  insert into vault.secrets (secret, name, description)
  values (pg_catalog.encode(pg_catalog.convert_to(new_secret, 'UTF8'), 'base64'), new_name, coalesce(new_description, ''))
  returning id
$$;
create function vault.update_secret(
  secret_id uuid, new_secret text default null, new_name text default null, new_description text default null,
  new_key_id uuid default null
) returns void language sql security definer set search_path = '' as $$
  update vault.secrets as s set
    secret = coalesce(pg_catalog.encode(pg_catalog.convert_to(new_secret, 'UTF8'), 'base64'), s.secret),
    name = coalesce(new_name, s.name), description = coalesce(new_description, s.description), updated_at = now()
  where s.id = secret_id
$$;
revoke all on schema vault from public;
grant usage on schema vault to postgres with grant option;
grant usage on schema vault to service_role;
grant select, delete, truncate, references on vault.secrets, vault.decrypted_secrets to postgres with grant option;
grant select, delete on vault.secrets, vault.decrypted_secrets to service_role;
revoke all on all functions in schema vault from public;
grant execute on all functions in schema vault to postgres with grant option;
grant execute on all functions in schema vault to service_role;
select pg_catalog.pg_extension_config_dump('vault.secrets', '');
