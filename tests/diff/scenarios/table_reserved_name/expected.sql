-- +1 table

CREATE TABLE public."user" (
    id integer NOT NULL,
    "order" integer NOT NULL,
    CONSTRAINT user_pkey PRIMARY KEY (id)
);
