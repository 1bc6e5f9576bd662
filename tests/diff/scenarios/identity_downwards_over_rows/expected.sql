-- ~1 column
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (INCREMENT BY -1 MINVALUE -2147483648 MAXVALUE -1 START WITH -1);

SELECT setval(pg_get_serial_sequence('public.t', 'id'), min(id)) FROM public.t HAVING min(id) <= -1;
