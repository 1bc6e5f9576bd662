-- +1 table

CREATE TABLE public.m_e PARTITION OF public.m FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');

ALTER INDEX public.m_e_v_lower_idx RENAME TO mine;

ALTER INDEX public.mine SET (fillfactor = 60);
