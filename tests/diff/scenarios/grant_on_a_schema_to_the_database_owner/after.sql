create schema app; create table app.t (id int primary key); grant usage on schema app to pg_database_owner;
