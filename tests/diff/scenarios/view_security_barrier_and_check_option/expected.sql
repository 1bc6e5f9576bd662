-- ~1 view

ALTER VIEW public.v SET (check_option = local, security_barrier = true);
