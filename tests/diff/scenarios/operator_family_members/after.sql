-- superuser
CREATE OPERATOR FAMILY public.numbers USING btree;
ALTER OPERATOR FAMILY public.numbers USING btree ADD OPERATOR 1 < (int4, int8), OPERATOR 3 = (int4, int8),
    FUNCTION 1 (int4, int8) btint48cmp(int4, int8);
CREATE OPERATOR FAMILY public.others USING hash;
