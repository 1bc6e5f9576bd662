-- version: 17.0
-- versions: 1.7 16.0
-- comment: provides auditing functionality
-- relocatable: true
-- always: the real one must be loaded as the server starts
create function pgaudit_ddl_command_end() returns event_trigger language plpgsql as $$ begin end $$;
create function pgaudit_sql_drop() returns event_trigger language plpgsql as $$ begin end $$;
