-- ~1 view
--   incompatible: code that uses the name public.old_v breaks

ALTER VIEW public.old_v RENAME TO new_v;
