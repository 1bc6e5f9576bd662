-- +1 range type

CREATE TYPE public.floatrange AS RANGE (
    SUBTYPE = double precision,
    SUBTYPE_DIFF = float8mi,
    MULTIRANGE_TYPE_NAME = public.floatmultirange
);
