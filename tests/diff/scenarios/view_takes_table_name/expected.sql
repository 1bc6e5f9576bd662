-- +1 table, +1 view, −1 table
--   data loss: table x.item is dropped with its rows

DROP VIEW x.listing;

DROP FUNCTION x.count_items();

DROP TABLE x.item;

CREATE TABLE x.item_base (
    id integer NOT NULL,
    label text,
    CONSTRAINT item_base_pkey PRIMARY KEY (id)
);

CREATE VIEW x.item AS
SELECT id,
    label
   FROM x.item_base;

CREATE FUNCTION x.count_items()
 RETURNS bigint
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT count(*) AS count
    FROM x.item;
END;

CREATE VIEW x.listing AS
SELECT id,
    label
   FROM x.item;
