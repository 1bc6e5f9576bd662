CREATE DOMAIN public.code AS varchar(3);
CREATE TABLE public.t (id int PRIMARY KEY, a public.code, b public.code[], c text);
