create sequence public.s increment by 2 minvalue 1 maxvalue 1000 cycle cache 10;
