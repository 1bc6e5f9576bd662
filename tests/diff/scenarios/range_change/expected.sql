-- ~1 range type

DROP TYPE public.r;

CREATE TYPE public.r AS RANGE (
    SUBTYPE = bigint,
    MULTIRANGE_TYPE_NAME = public.r_multirange
);
