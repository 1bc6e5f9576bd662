CREATE TABLE public.dish (id int primary key default 1);
CREATE SEQUENCE public.dishes_id_seq AS int OWNED BY public.dish.id;
ALTER TABLE public.dish ALTER id SET DEFAULT nextval('public.dishes_id_seq');
CREATE TABLE public.recipe (id int primary key default 1);
CREATE SEQUENCE public.recipes_id_seq AS int OWNED BY public.recipe.id;
ALTER TABLE public.recipe ALTER id SET DEFAULT nextval('public.recipes_id_seq');
INSERT INTO public.dish DEFAULT VALUES;
