CREATE SEQUENCE public.numbers START 50;
CREATE TABLE public.t (id int NOT NULL DEFAULT nextval('public.numbers'));
