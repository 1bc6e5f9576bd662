CREATE TABLE public.t (a text, b int4range, CONSTRAINT c CHECK (a <> ' NOT VALID'), CONSTRAINT u UNIQUE (a) WITH (fillfactor = 50) DEFERRABLE,
    CONSTRAINT x EXCLUDE USING gist (b WITH &&) WITH (fillfactor = 50) WHERE (a <> ' WHERE (' ));
