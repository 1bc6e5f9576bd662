SELECT nextval('public.tick') = 100;
SELECT nextval('public."Tick''s"') = 40000;
