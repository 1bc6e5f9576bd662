-- +1 schema, +1 enum, +1 column, +1 index, ~1 sequence, ~1 table, ~3 columns, ~2 constraints, ~1 function, ~1 policy, ~1 view, −1 index
--   incompatible: code that uses the name public.orders breaks
--   incompatible: code that uses the name shop.purchases.st breaks
--   rewrite: shop.purchases is rewritten: state text becomes shop.state
--   incompatible: code that expects shop.purchases.state as text may break
--   may fail: fails when a value of shop.purchases.state does not fit shop.state
--   rewrite: shop.purchases is rewritten: amount integer becomes bigint
--   incompatible: code that expects shop.purchases.amount as integer may break
--   lock: ACCESS EXCLUSIVE on public.orders briefly

SET lock_timeout = '5s';

CREATE SCHEMA shop;

ALTER TABLE public.orders SET SCHEMA shop;

ALTER TABLE shop.orders RENAME TO purchases;

ALTER TABLE shop.purchases RENAME COLUMN st TO state;

ALTER SEQUENCE shop.orders_id_seq RENAME TO purchases_id_seq;

ALTER TABLE shop.purchases RENAME CONSTRAINT orders_pkey TO purchases_pkey;

DROP VIEW public.open_orders;

DROP POLICY p ON shop.purchases;

DROP INDEX shop.orders_st;

ALTER TABLE shop.purchases DROP CONSTRAINT amount_pos;

CREATE TYPE shop.state AS ENUM ('new', 'done');

ALTER TABLE shop.purchases
    ALTER COLUMN state DROP DEFAULT,
    ALTER COLUMN state TYPE shop.state USING state::shop.state,
    ALTER COLUMN state SET DEFAULT 'new'::shop.state,
    ALTER COLUMN amount TYPE bigint;

CREATE OR REPLACE FUNCTION public.total()
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$select sum(amount) from shop.purchases$function$;

ALTER TABLE shop.purchases
    ADD COLUMN tax numeric(10,2) DEFAULT 0,
    ADD CONSTRAINT amount_pos CHECK (amount > 0 AND tax >= 0::numeric) NOT VALID;

CREATE INDEX purchases_state ON shop.purchases (state, amount);

CREATE POLICY p ON shop.purchases
    USING (state = 'new'::shop.state AND amount > 0);

CREATE VIEW public.open_orders AS
SELECT id,
    state,
    tax
   FROM shop.purchases
  WHERE state = 'new'::shop.state;

-- reads the existing rows, without blocking writes
--   may fail: amount_pos fails when shop.purchases holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on shop.purchases while every row is read

SET lock_timeout = '5s';

ALTER TABLE shop.purchases VALIDATE CONSTRAINT amount_pos;
