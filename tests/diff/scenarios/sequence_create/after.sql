create sequence public.s start with 100 increment by 5;
