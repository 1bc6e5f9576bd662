-- +1 table

CREATE TABLE public.t (
    id integer NOT NULL,
    up integer,
    CONSTRAINT t_pkey PRIMARY KEY (id)
);

ALTER TABLE public.t
    ADD CONSTRAINT c CHECK (up > 0) NOT VALID,
    ADD CONSTRAINT f FOREIGN KEY (up) REFERENCES public.t(id) NOT VALID;
