-- +2 functions, +3 operators

CREATE OPERATOR public.## (
    FUNCTION = int4abs,
    RIGHTARG = integer
);

CREATE FUNCTION public.other(a integer, b integer)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$ select a <> b $function$;

CREATE OPERATOR public.!== (
    FUNCTION = public.other,
    LEFTARG = integer,
    RIGHTARG = integer,
    COMMUTATOR = OPERATOR(public.!==),
    NEGATOR = OPERATOR(public.===)
);

CREATE FUNCTION public.same(a integer, b integer)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$ select a = b $function$;

CREATE OPERATOR public.=== (
    FUNCTION = public.same,
    LEFTARG = integer,
    RIGHTARG = integer,
    COMMUTATOR = OPERATOR(public.===),
    NEGATOR = OPERATOR(public.!==),
    RESTRICT = eqsel,
    JOIN = eqjoinsel,
    HASHES,
    MERGES
);

COMMENT ON OPERATOR public.=== (integer, integer) IS 'the same';
