create type public.mood as enum ('sad', 'it''s fine');
