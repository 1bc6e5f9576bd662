create schema app;
grant usage on schema app to anon, authenticated, service_role;
create table app.t (id integer primary key);
grant all on app.t to authenticated, service_role;
grant select on app.t to anon;
