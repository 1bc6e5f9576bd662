-- ~1 index

ALTER INDEX public.old_name RENAME TO new_name;
