CREATE TABLE public.r (id integer PRIMARY KEY);
CREATE TABLE public.p (
    id integer, k text, r integer CONSTRAINT to_r REFERENCES public.r,
    CONSTRAINT pu UNIQUE (id, k), CONSTRAINT pp PRIMARY KEY (id)
) PARTITION BY RANGE (id);
CREATE INDEX p_k ON public.p (k);
CREATE TABLE public.bare PARTITION OF public.p FOR VALUES FROM (1) TO (9);
ALTER TABLE public.bare RENAME CONSTRAINT bare_pkey TO renamed;
ALTER TABLE public.bare RENAME CONSTRAINT bare_id_k_key TO bare_pkey;
ALTER TABLE public.bare RENAME CONSTRAINT to_r TO bare_to_r;
ALTER INDEX public.bare_k_idx RENAME TO bare_id_k_key;
CREATE TABLE public.rich PARTITION OF public.p FOR VALUES FROM (10) TO (19);
ALTER TABLE public.rich RENAME CONSTRAINT rich_pkey TO mine;
ALTER TABLE public.rich RENAME CONSTRAINT rich_id_k_key TO rich_pair;
ALTER INDEX public.rich_k_idx RENAME TO rich_own;
CREATE TABLE public.lean PARTITION OF public.p FOR VALUES FROM (20) TO (29);
ALTER TABLE public.lean RENAME CONSTRAINT lean_id_k_key TO comes;
CREATE TABLE public.late (id integer, k text, CONSTRAINT late_key PRIMARY KEY (id)) PARTITION BY RANGE (id);
CREATE TABLE public.first PARTITION OF public.late FOR VALUES FROM (1) TO (9);
ALTER TABLE public.first RENAME CONSTRAINT first_pkey TO first_key;
