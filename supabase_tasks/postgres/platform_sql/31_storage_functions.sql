-- Helper functions of schema storage, with the signatures of the storage service.
set role supabase_storage_admin;

create function storage.foldername(name text) returns text[] language plpgsql immutable as $$
declare
  parts text[] := string_to_array(name, '/');
begin
  return parts[1 : array_length(parts, 1) - 1];
end
$$;
create function storage.filename(name text) returns text language plpgsql immutable as $$
declare
  parts text[] := string_to_array(name, '/');
begin
  return parts[array_length(parts, 1)];
end
$$;
create function storage.extension(name text) returns text language plpgsql immutable as $$
declare
  parts text[] := string_to_array(storage.filename(name), '.');
begin
  return parts[array_length(parts, 1)];
end
$$;

create function storage.operation() returns text language plpgsql stable as $$
begin
  return current_setting('storage.operation', true);
end
$$;
create function storage.allow_only_operation(expected_operation text) returns boolean language sql stable as $$
  select coalesce(
    nullif(expected_operation, '') is not null
      and regexp_replace(storage.operation(), '^storage\.', '') = regexp_replace(expected_operation, '^storage\.', ''),
    false
  )
$$;
create function storage.allow_any_operation(expected_operations text[]) returns boolean language sql stable as $$
  select coalesce(bool_or(storage.allow_only_operation(wanted)), false) from unnest(expected_operations) as wanted
$$;

create function storage.can_insert_object(bucketid text, name text, owner uuid, metadata jsonb) returns void language plpgsql as $$
begin
  insert into storage.objects (bucket_id, name, owner, metadata) values (bucketid, name, owner, metadata);
  raise sqlstate 'PT200' using message = 'ROLLBACK', detail = 'rollback successful insert';
end
$$;

create function storage.get_common_prefix(p_key text, p_prefix text, p_delimiter text) returns text language sql immutable as $$
  select case
    when position(p_delimiter in substr(p_key, length(p_prefix) + 1)) > 0 then
      left(p_key, length(p_prefix) + position(p_delimiter in substr(p_key, length(p_prefix) + 1)) + length(p_delimiter) - 1)
  end
$$;
create function storage.get_size_by_bucket() returns table (size bigint, bucket_id text) language plpgsql stable as $$
begin
  return query
    select sum((o.metadata ->> 'size')::bigint)::bigint, o.bucket_id from storage.objects as o group by o.bucket_id;
end
$$;

create function storage.search(
  prefix text, bucketname text, limits integer default 100, levels integer default 1, offsets integer default 0,
  search text default '', sortcolumn text default 'name', sortorder text default 'asc'
) returns table (
  name text, id uuid, updated_at timestamptz, created_at timestamptz, last_accessed_at timestamptz, metadata jsonb
) language plpgsql stable as $$
declare
  wanted text := case when sortcolumn in ('name', 'updated_at', 'created_at', 'last_accessed_at') then sortcolumn else 'name' end;
  direction text := case when lower(sortorder) = 'desc' then 'desc' else 'asc' end;
begin
  return query execute format(
    'with entries as (
       select o.path_tokens[$1] as name, array_length(o.path_tokens, 1) > $1 as is_folder, o.id, o.updated_at, o.created_at,
         o.last_accessed_at, o.metadata
       from storage.objects as o
       where o.bucket_id = $2 and lower(o.name) like lower($3 || $4) || ''%%''
     )
     select * from (
       select distinct on (name) name, null::uuid, null::timestamptz as updated_at, null::timestamptz as created_at,
         null::timestamptz as last_accessed_at, null::jsonb from entries where is_folder
       union all
       select name, id, updated_at, created_at, last_accessed_at, metadata from entries where not is_folder
     ) as found order by %I %s nulls first, name limit $5 offset $6', wanted, direction)
    using levels, bucketname, prefix, search, limits, offsets;
end
$$;

create function storage.list_objects_with_delimiter(
  _bucket_id text, prefix_param text, delimiter_param text, max_keys integer default 100, start_after text default '',
  next_token text default '', sort_order text default 'asc'
) returns table (
  name text, id uuid, metadata jsonb, updated_at timestamptz, created_at timestamptz, last_accessed_at timestamptz
) language sql stable as $$
  select distinct on (entry collate "C") entry, case when folder is null then o.id end, o.metadata, o.updated_at, o.created_at,
    o.last_accessed_at
  from storage.objects as o,
    lateral (select storage.get_common_prefix(o.name, prefix_param, delimiter_param) as folder) as f,
    lateral (select coalesce(f.folder, o.name) as entry) as e
  where o.bucket_id = _bucket_id and starts_with(o.name, prefix_param)
    and entry collate "C" > greatest(start_after, next_token) collate "C"
  order by entry collate "C"
  limit max_keys
$$;
create function storage.list_multipart_uploads_with_delimiter(
  bucket_id text, prefix_param text, delimiter_param text, max_keys integer default 100, next_key_token text default '',
  next_upload_token text default ''
) returns table (key text, id text, created_at timestamptz) language sql stable as $$
  select distinct on (entry collate "C") entry, u.id, u.created_at
  from storage.s3_multipart_uploads as u,
    lateral (select coalesce(storage.get_common_prefix(u.key, prefix_param, delimiter_param), u.key) as entry) as e
  where u.bucket_id = $1 and starts_with(u.key, prefix_param)
    and (entry collate "C" > next_key_token collate "C" or (entry = next_key_token and u.id > next_upload_token))
  order by entry collate "C", u.created_at
  limit max_keys
$$;
create function storage.search_v2(
  prefix text, bucket_name text, limits integer default 100, levels integer default 1, start_after text default '',
  sort_order text default 'asc', sort_column text default 'name', sort_column_after text default ''
) returns table (
  key text, name text, id uuid, updated_at timestamptz, created_at timestamptz, last_accessed_at timestamptz, metadata jsonb
) language sql stable as $$
  select split_part(trim(trailing '/' from l.name), '/', levels), l.name, l.id, l.updated_at, l.created_at, l.last_accessed_at, l.metadata
  from storage.list_objects_with_delimiter(bucket_name, prefix, '/', limits, start_after) as l
$$;

create function storage.update_updated_at_column() returns trigger language plpgsql as $$
begin
  new.updated_at = now();
  return new;
end
$$;
create function storage.enforce_bucket_name_length() returns trigger language plpgsql as $$
begin
  if length(new.name) > 100 then
    raise exception 'bucket name "%" is too long (% characters). Max is 100.', new.name, length(new.name);
  end if;
  return new;
end
$$;
-- Deleting rows would orphan the files: the service deletes, SQL does not, unless it says so.
create function storage.protect_delete() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('storage.allow_delete_query', true), 'false') <> 'true' then
    raise exception 'Direct deletion from storage tables is not allowed. Use the Storage API instead.'
      using errcode = '42501', hint = 'This prevents accidental data loss from orphaned objects.';
  end if;
  return null;
end
$$;

create trigger update_objects_updated_at before update on storage.objects
  for each row execute function storage.update_updated_at_column();
create trigger enforce_bucket_name_length_trigger before insert or update of name on storage.buckets
  for each row execute function storage.enforce_bucket_name_length();
create trigger protect_objects_delete before delete on storage.objects
  for each statement execute function storage.protect_delete();
create trigger protect_buckets_delete before delete on storage.buckets
  for each statement execute function storage.protect_delete();

reset role;
grant all on all functions in schema storage to postgres, dashboard_user;
