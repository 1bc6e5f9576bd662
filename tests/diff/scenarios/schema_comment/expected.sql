-- +1 comment

COMMENT ON SCHEMA app IS 'what the app owns';
