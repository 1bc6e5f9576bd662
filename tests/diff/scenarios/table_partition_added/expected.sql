-- +1 table

CREATE TABLE public.event_2027 PARTITION OF public.event FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
