-- ~2 columns

ALTER SEQUENCE public.two RENAME TO two_old;

ALTER SEQUENCE public.one RENAME TO two;

ALTER SEQUENCE public.two_old RENAME TO one;
