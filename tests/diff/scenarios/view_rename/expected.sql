-- ~1 view

ALTER VIEW public.old_v RENAME TO new_v;
