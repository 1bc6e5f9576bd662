CREATE SCHEMA a;
CREATE TABLE a.t (id serial primary key, n int);
CREATE VIEW a.v AS SELECT id FROM a.t;
INSERT INTO a.t(n) VALUES (1);
