-- ~1 grant
--   grant widened: authenticated can do more with app

GRANT USAGE ON SCHEMA app TO authenticated;
