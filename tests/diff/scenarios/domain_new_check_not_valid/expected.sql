-- +1 domain

CREATE DOMAIN public.amount AS integer;

ALTER DOMAIN public.amount ADD CONSTRAINT positive CHECK (VALUE > 0) NOT VALID;
