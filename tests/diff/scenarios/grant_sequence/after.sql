create sequence public.s;
grant usage, select on sequence public.s to authenticated;
