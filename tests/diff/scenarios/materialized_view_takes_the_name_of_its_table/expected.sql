-- +1 materialized view, ~1 table, ~1 column, ~1 constraint, ~1 index, ~1 policy, ~1 materialized view
--   incompatible: code that uses the name x.item breaks
--   rewrite: x.item_base is rewritten: id integer becomes bigint
--   incompatible: code that expects x.item_base.id as integer may break
--   lock: ACCESS EXCLUSIVE on x.item briefly

SET lock_timeout = '5s';

ALTER TABLE x.item RENAME TO item_base;

ALTER TABLE x.item_base RENAME CONSTRAINT item_pkey TO item_base_pkey;

DROP MATERIALIZED VIEW x.listing;

ALTER TABLE x.item_base ALTER COLUMN id TYPE bigint;

ALTER POLICY pp ON x.item_base
    USING (label <> 'x'::text);

CREATE MATERIALIZED VIEW x.item AS
SELECT id,
    upper(label) AS label
   FROM x.item_base;

GRANT SELECT ON TABLE x.item TO authenticated;

CREATE MATERIALIZED VIEW x.listing AS
SELECT id,
    label
   FROM x.item;

CREATE UNIQUE INDEX listing_id ON x.listing (id, label);
