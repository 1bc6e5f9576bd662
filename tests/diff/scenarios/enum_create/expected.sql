-- +1 enum

CREATE TYPE public.mood AS ENUM ('sad', 'ok', 'happy');
