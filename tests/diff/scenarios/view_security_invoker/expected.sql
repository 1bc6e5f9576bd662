-- ~1 view

ALTER VIEW public.v SET (security_invoker = true);
