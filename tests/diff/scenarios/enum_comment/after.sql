create type public.mood as enum ('sad', 'ok');
comment on type public.mood is 'how they feel';
