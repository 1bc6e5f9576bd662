-- ~2 columns

ALTER SEQUENCE public.one RENAME TO renamed_two_2;

ALTER SEQUENCE public.two RENAME TO renamed_one_3;

ALTER SEQUENCE public.renamed_two_2 RENAME TO two;

ALTER SEQUENCE public.renamed_one_3 RENAME TO one;
