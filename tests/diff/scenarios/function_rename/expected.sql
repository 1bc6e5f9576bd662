-- ~1 function
--   incompatible: code that uses the name public.old_f(integer) breaks

ALTER FUNCTION public.old_f(integer) RENAME TO new_f;
