select nextval('public.dish_id_seq')=2;
