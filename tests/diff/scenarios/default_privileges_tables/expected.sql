-- +1 default privilege
--   grant widened: new tables of postgres are opened to authenticated

ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT SELECT ON TABLES TO authenticated;
