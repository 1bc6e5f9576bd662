-- +4 tables, +3 indexes

CREATE TABLE app.p (
    id integer NOT NULL,
    at date NOT NULL,
    CONSTRAINT p_pkey PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);

CREATE INDEX p_at ON ONLY app.p (at);

CREATE TABLE app.a1 PARTITION OF app.p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');

ALTER INDEX app.a1_at_idx SET (fillfactor = 50);

ALTER TABLE app.a1 CLUSTER ON a1_at_idx;

COMMENT ON INDEX app.a1_at_idx IS 'of a partition whose name comes first';

CREATE TABLE app.a2 PARTITION OF app.p FOR VALUES FROM ('2021-01-01') TO ('2022-01-01') PARTITION BY RANGE (at);

CREATE INDEX a2_own ON app.a2 (id);

CREATE TABLE app.a0 PARTITION OF app.a2 FOR VALUES FROM ('2021-01-01') TO ('2021-02-01');

ALTER INDEX app.a0_at_idx RENAME TO named;

CREATE INDEX p_lacked ON ONLY app.p (id);
