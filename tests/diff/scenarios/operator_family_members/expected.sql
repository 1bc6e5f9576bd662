-- +1 operator family, ~1 operator family

ALTER OPERATOR FAMILY public.numbers USING btree ADD
    OPERATOR 1 <(integer,bigint),
    OPERATOR 3 =(integer,bigint),
    FUNCTION 1 (integer, bigint) btint48cmp(integer,bigint);

CREATE OPERATOR FAMILY public.others USING hash;
