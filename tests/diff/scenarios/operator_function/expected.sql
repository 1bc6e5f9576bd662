-- ~1 operator

DROP OPERATOR public.=== (integer, integer);

CREATE OPERATOR public.=== (
    FUNCTION = public.other,
    LEFTARG = integer,
    RIGHTARG = integer
);
