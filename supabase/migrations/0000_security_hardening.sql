-- Baseline: nothing is open unless a migration says so.
--
-- The models stand on this file ([tool.supabase-tasks] baseline), so everything in it may be run again.

-- Nobody but the owner makes objects in public: a function there would be found before the one that was meant.
revoke create on schema public from public, anon, authenticated, service_role;

-- What was given on everything that exists in a fresh project. Row level security alone does not hold against
-- TRUNCATE, REFERENCES and TRIGGER.
revoke all on all tables in schema public from public, anon, authenticated;
revoke all on all sequences in schema public from public, anon, authenticated;
revoke all on all routines in schema public from public, anon, authenticated;

-- ... and on everything that is to come: a new table has no grants until a model declares them.
alter default privileges for role postgres in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges for role postgres in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges for role postgres in schema public revoke all on routines from anon, authenticated, service_role;

-- PostgreSQL lets everybody execute a new function. This default is global: an entry for a single schema can only add
-- to it (https://www.postgresql.org/docs/17/sql-alterdefaultprivileges.html).
alter default privileges for role postgres revoke execute on routines from public;

-- The same for the schema that extensions live in: theirs stay usable, ours do not go there.
revoke create on schema extensions from public, anon, authenticated, service_role;
