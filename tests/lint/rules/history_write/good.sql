-- supabase_migrations.schema_migrations
select version from supabase_migrations.schema_migrations;
create table app.schema_migrations (version text primary key);
