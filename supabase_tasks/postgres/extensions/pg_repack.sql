-- version: 1.5.2
-- versions: 1.4.8 1.5.0
-- comment: Reorganize tables in PostgreSQL databases with minimal locks
create schema repack;
create function repack.version() returns text language sql as $$ select 'pg_repack 1.5.2'::text $$;
