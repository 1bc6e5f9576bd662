-- superuser
revoke usage on language sql from public;
