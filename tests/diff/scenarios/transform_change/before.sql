-- superuser
CREATE TYPE public.pair AS (a int, b int);
CREATE FUNCTION public.from_pair(internal) RETURNS internal LANGUAGE internal IMMUTABLE STRICT AS 'prsd_lextype';
CREATE FUNCTION public.to_pair(internal) RETURNS public.pair LANGUAGE internal IMMUTABLE STRICT AS 'prsd_lextype';
CREATE TRANSFORM FOR public.pair LANGUAGE plpgsql (FROM SQL WITH FUNCTION public.from_pair(internal));
