-- ~1 extension, ~1 grant
--   incompatible: anon can do less with tools.changed(tools.citext)
--   grant widened: authenticated can do more with tools.changed(tools.citext)

ALTER EXTENSION citext SET SCHEMA tools;

REVOKE EXECUTE ON FUNCTION tools.changed(tools.citext) FROM anon;

GRANT EXECUTE ON FUNCTION tools.changed(tools.citext) TO authenticated;
