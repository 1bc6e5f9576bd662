-- +1 table

CREATE TABLE public.p_b PARTITION OF public.p FOR VALUES FROM (1) TO (9);
