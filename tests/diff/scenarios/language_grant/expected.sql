-- +1 grant, −1 grant
--   grant widened: PUBLIC can do more with language sql
--   incompatible: PUBLIC can do less with language plpgsql
--   grant widened: authenticated can do more with language plpgsql

GRANT USAGE ON LANGUAGE sql TO PUBLIC;

REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;

GRANT USAGE ON LANGUAGE plpgsql TO authenticated;
