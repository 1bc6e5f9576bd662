SELECT nextval('public.numbers') = 50;
