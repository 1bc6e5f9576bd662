-- +2 comments, ~1 trigger
--   may fail: a project made in 2026 refuses it: postgres does not own auth.users (roles = "strict" checks that)
--   may fail: a project made in 2026 refuses it: postgres does not own storage.objects (roles = "strict" checks that)
--   lock: SHARE ROW EXCLUSIVE on auth.users briefly

SET lock_timeout = '5s';

ALTER TABLE auth.users ENABLE REPLICA TRIGGER greet;

COMMENT ON TRIGGER greet ON auth.users IS 'Welcomes people';

COMMENT ON TRIGGER own ON storage.objects IS 'Counts';
