-- +3 tables, +1 constraint
--   lock: ACCESS EXCLUSIVE on public.s while every row is read

SET lock_timeout = '5s';

ALTER TABLE ONLY public.s ADD CONSTRAINT s_key PRIMARY KEY (a);

CREATE TABLE public.t (
    a integer NOT NULL,
    b integer
) PARTITION BY RANGE (a);

CREATE TABLE public.t_1 PARTITION OF public.t FOR VALUES FROM (0) TO (10);

CREATE TABLE public.t_2 PARTITION OF public.t FOR VALUES FROM (10) TO (20);

ALTER TABLE ONLY public.t ADD CONSTRAINT t_pkey PRIMARY KEY (a);

ALTER TABLE public.t_2 ADD CONSTRAINT own PRIMARY KEY (a);

ALTER INDEX public.t_pkey ATTACH PARTITION public.own;
