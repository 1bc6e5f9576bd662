-- ~1 enum

DROP AGGREGATE public.biggest(public.size);

DROP PROCEDURE public.p(public.size);

ALTER TYPE public.size RENAME TO size__old;

CREATE TYPE public.size AS ENUM ('s', 'm');

DROP TYPE public.size__old;

CREATE AGGREGATE public.biggest(public.size) (
    SFUNC = enum_larger,
    STYPE = public.size
);

CREATE PROCEDURE public.p(IN x public.size)
 LANGUAGE sql
AS $procedure$select 1$procedure$;
