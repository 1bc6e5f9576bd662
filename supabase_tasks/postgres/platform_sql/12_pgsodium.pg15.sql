-- Images of PostgreSQL 15 come with pgsodium, which the vault of that time was built on, and with pgjwt.
create schema if not exists pgsodium authorization supabase_admin;
set role postgres;
create extension if not exists pgsodium with schema pgsodium;
create extension if not exists pgjwt with schema extensions;
reset role;
