-- ~1 event trigger

ALTER EVENT TRIGGER watch_ddl DISABLE;
