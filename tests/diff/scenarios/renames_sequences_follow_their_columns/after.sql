CREATE TABLE public.dish (id serial primary key);
CREATE TABLE public.recipe (id serial primary key)
