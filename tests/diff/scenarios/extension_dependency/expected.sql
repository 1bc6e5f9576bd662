-- +3 extension dependencies, ~1 materialized view, −1 extension dependency

DROP MATERIALIZED VIEW public.seen;

ALTER INDEX public.t_name NO DEPENDS ON EXTENSION citext;

ALTER FUNCTION public.touch() DEPENDS ON EXTENSION citext;

ALTER TRIGGER touch ON public.t DEPENDS ON EXTENSION citext;

CREATE MATERIALIZED VIEW public.seen AS
SELECT id
   FROM public.t
  WHERE id > 1;

ALTER MATERIALIZED VIEW public.seen DEPENDS ON EXTENSION citext;
