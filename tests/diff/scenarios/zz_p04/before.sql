create sequence public.down increment -1 minvalue -50 maxvalue -1;
create sequence public.up as smallint minvalue 1 maxvalue 9 cycle;
select nextval('public.down'), nextval('public.up'), nextval('public.up');
