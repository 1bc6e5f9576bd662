-- +2 tables

CREATE TABLE public.a (
    id integer NOT NULL,
    code text NOT NULL,
    CONSTRAINT a_pkey PRIMARY KEY (id),
    CONSTRAINT a_code_key UNIQUE (code)
);

CREATE TABLE public.b (
    id integer NOT NULL,
    code text,
    CONSTRAINT b_pkey PRIMARY KEY (id),
    CONSTRAINT b_code_fkey FOREIGN KEY (code) REFERENCES public.a(code)
);
