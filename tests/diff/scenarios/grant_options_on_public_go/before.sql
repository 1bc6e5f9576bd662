grant usage on schema public to anon with grant option;
set role anon;
grant usage on schema public to dashboard_user;
reset role;
