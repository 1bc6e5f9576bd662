-- ~2 columns
--   rewrite: public.t9 is rewritten: k7 public.r5[] becomes public.r5_multirange
--   incompatible: code that expects public.t9.k7 as public.r5[] may break
--   may fail: fails when a value of public.t9.k7 does not fit public.r5_multirange
--   rewrite: public.t9 is rewritten: one public.r5 becomes public.r5_multirange
--   incompatible: code that expects public.t9.one as public.r5 may break

SET lock_timeout = '5s';

ALTER TABLE public.t9
    ALTER COLUMN k7 DROP DEFAULT,
    ALTER COLUMN k7 TYPE public.r5_multirange USING (CASE WHEN array_ndims(k7) = 1 AND cardinality(k7) = 1 AND array_to_string(k7, '', 'x') = array_to_string(k7, '', 'y') THEN array_to_string(k7, '')::public.r5 WHEN k7 IS NOT NULL AND ('not one value: ' || k7::text)::boolean THEN array_to_string(k7, '')::public.r5 END)::text::public.r5_multirange,
    ALTER COLUMN k7 SET DEFAULT public.r5_multirange(public.r5((7)::bigint, NULL::bigint)),
    ALTER COLUMN one TYPE public.r5_multirange USING one::public.r5_multirange;
