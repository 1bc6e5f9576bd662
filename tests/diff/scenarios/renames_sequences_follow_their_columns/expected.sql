-- ~2 sequences

ALTER SEQUENCE public.dishes_id_seq RENAME TO dish_id_seq;

ALTER SEQUENCE public.recipes_id_seq RENAME TO recipe_id_seq;
