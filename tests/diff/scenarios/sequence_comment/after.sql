create sequence public.s;
comment on sequence public.s is 'counts';
