-- +1 domain, ~2 domains
--   may fail: small fails when a column of public.size holds a violating value

ALTER DOMAIN public.amount DROP CONSTRAINT positive;

ALTER DOMAIN public.amount ADD CONSTRAINT positive CHECK (VALUE > 0) NOT VALID;

CREATE DOMAIN public.note AS text
    CONSTRAINT plain CHECK (VALUE <> ' NOT VALID'::text);

ALTER DOMAIN public.note ADD CONSTRAINT short CHECK (length(VALUE) < 9) NOT VALID;

ALTER DOMAIN public.size VALIDATE CONSTRAINT small;
