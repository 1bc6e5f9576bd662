grant create on schema public to service_role;
revoke usage on schema public from authenticated;
