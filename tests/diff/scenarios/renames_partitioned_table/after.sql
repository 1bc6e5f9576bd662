-- rename: public.p:public.q
-- rename: public.p1:public.q1
-- rename: public.p.at:public.q.day
CREATE TABLE public.q (id bigint NOT NULL, day date) PARTITION BY RANGE (day);
CREATE TABLE public.q1 PARTITION OF public.q FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
