create sequence public.down increment -2 minvalue -500 maxvalue -100 start -100;
create sequence public.up as bigint minvalue 40000 maxvalue 90000 start 50000;
