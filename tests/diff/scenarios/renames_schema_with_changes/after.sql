-- rename: schema:a:b
-- rename: b.t.n:b.t.m
CREATE SCHEMA b;
CREATE TABLE b.t (id serial primary key, m bigint);
CREATE VIEW b.v AS SELECT id, 1 AS q FROM b.t;
