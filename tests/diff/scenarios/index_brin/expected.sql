-- +1 index
--   lock: SHARE on public.t while every row is read

SET lock_timeout = '5s';

CREATE INDEX t_at ON public.t USING brin (at) WITH (pages_per_range = 32);
