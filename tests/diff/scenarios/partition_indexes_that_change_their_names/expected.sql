-- +1 table, ~2 indexes

ALTER INDEX public.m_a_k_idx1 RENAME TO m_a_k_idx1_old;

ALTER INDEX public.m_a_k_idx RENAME TO m_a_k_idx1;

ALTER INDEX public.m_a_k_idx1_old RENAME TO m_a_k_idx;

CREATE TABLE public.m_b PARTITION OF public.m FOR VALUES FROM (1) TO (9);

ALTER INDEX public.m_b_k_idx RENAME TO renamed_m_b_k_idx1;

ALTER INDEX public.m_b_k_idx1 RENAME TO renamed_m_b_k_idx;

ALTER INDEX public.renamed_m_b_k_idx RENAME TO m_b_k_idx;

ALTER INDEX public.renamed_m_b_k_idx1 RENAME TO m_b_k_idx1;
