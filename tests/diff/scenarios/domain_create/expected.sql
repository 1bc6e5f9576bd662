-- +1 domain

CREATE DOMAIN public.positive AS integer
    CONSTRAINT positive_check CHECK (VALUE > 0);
