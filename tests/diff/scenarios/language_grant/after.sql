-- superuser
revoke usage on language plpgsql from public;
grant usage on language plpgsql to authenticated;
