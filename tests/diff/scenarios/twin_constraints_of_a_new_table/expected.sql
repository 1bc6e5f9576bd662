-- +4 tables, +2 constraints
--   may fail: there_one fails when public.there holds a duplicate
--   may fail: there_two fails when public.there holds a duplicate
--   lock: ACCESS EXCLUSIVE on public.there while every row is read

SET lock_timeout = '5s';

CREATE TABLE public.parted (
    id integer NOT NULL,
    a integer NOT NULL,
    CONSTRAINT parted_one UNIQUE (id, a)
) PARTITION BY RANGE (id);

ALTER TABLE public.parted ADD CONSTRAINT parted_two UNIQUE (id, a);

CREATE TABLE public.parted_low PARTITION OF public.parted FOR VALUES FROM (0) TO (10);

ALTER TABLE public.there
    ADD CONSTRAINT there_one UNIQUE (a),
    ADD CONSTRAINT there_two UNIQUE (a);

CREATE TABLE public.twins (
    id integer NOT NULL,
    a integer,
    b text,
    span int4range,
    CONSTRAINT twins_pkey PRIMARY KEY (id),
    CONSTRAINT four UNIQUE (a, b) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT one UNIQUE (a, b),
    CONSTRAINT other_order UNIQUE (b, a),
    CONSTRAINT three UNIQUE (a, b) DEFERRABLE,
    CONSTRAINT span_one EXCLUDE USING gist (span WITH &&)
);

CREATE TABLE public.points (
    a integer,
    CONSTRAINT points_a_fkey FOREIGN KEY (a) REFERENCES public.twins(id)
);

ALTER TABLE public.twins
    ADD CONSTRAINT twins_id UNIQUE (id) WITH (fillfactor=70),
    ADD CONSTRAINT two UNIQUE (a, b),
    ADD CONSTRAINT span_two EXCLUDE USING gist (span WITH &&);

COMMENT ON CONSTRAINT two ON public.twins IS 'The second one';
