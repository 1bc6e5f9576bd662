create schema desk;
alter default privileges for role service_role grant execute on functions to anon;
create table desk.was (id int);
