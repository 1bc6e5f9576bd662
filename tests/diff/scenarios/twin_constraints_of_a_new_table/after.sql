CREATE TABLE public.there (id integer PRIMARY KEY, a integer NOT NULL);
ALTER TABLE public.there ADD CONSTRAINT there_one UNIQUE (a);
ALTER TABLE public.there ADD CONSTRAINT there_two UNIQUE (a);

CREATE TABLE public.twins (id integer NOT NULL, a integer, b text, span int4range);
ALTER TABLE public.twins ADD CONSTRAINT twins_pkey PRIMARY KEY (id);
ALTER TABLE public.twins ADD CONSTRAINT twins_id UNIQUE (id) WITH (fillfactor = 70);
ALTER TABLE public.twins ADD CONSTRAINT one UNIQUE (a, b);
ALTER TABLE public.twins ADD CONSTRAINT two UNIQUE (a, b);
ALTER TABLE public.twins ADD CONSTRAINT three UNIQUE (a, b) DEFERRABLE;
ALTER TABLE public.twins ADD CONSTRAINT four UNIQUE (a, b) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE public.twins ADD CONSTRAINT other_order UNIQUE (b, a);
ALTER TABLE public.twins ADD CONSTRAINT span_one EXCLUDE USING gist (span WITH &&);
ALTER TABLE public.twins ADD CONSTRAINT span_two EXCLUDE USING gist (span WITH &&);
COMMENT ON CONSTRAINT two ON public.twins IS 'The second one';

CREATE TABLE public.parted (id integer NOT NULL, a integer NOT NULL) PARTITION BY RANGE (id);
ALTER TABLE public.parted ADD CONSTRAINT parted_one UNIQUE (id, a);
ALTER TABLE public.parted ADD CONSTRAINT parted_two UNIQUE (id, a);
CREATE TABLE public.parted_low PARTITION OF public.parted FOR VALUES FROM (0) TO (10);
CREATE TABLE public.points (a integer, CONSTRAINT points_a_fkey FOREIGN KEY (a) REFERENCES public.twins (id));
