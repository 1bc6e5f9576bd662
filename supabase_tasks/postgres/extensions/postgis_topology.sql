-- version: 3.3.7
-- versions: 3.3.2
-- comment: PostGIS topology spatial types and functions
-- schema: topology
-- requires: postgis
create table topology.topology (id serial primary key, name varchar not null unique, srid integer not null, precision double precision not null, hasz boolean not null default false);
