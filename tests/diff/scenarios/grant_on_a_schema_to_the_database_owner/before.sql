create schema app; create table app.t (id int primary key);
