-- version: 1.3
-- comment: pg_hashids
-- relocatable: true
@unavailable id_encode(bigint) returns text;
@unavailable id_encode(bigint, text) returns text;
@unavailable id_encode(bigint, text, integer) returns text;
@unavailable id_encode(bigint, text, integer, text) returns text;
@unavailable id_decode(text) returns bigint[];
@unavailable id_decode(text, text) returns bigint[];
@unavailable id_decode(text, text, integer) returns bigint[];
@unavailable id_decode(text, text, integer, text) returns bigint[];
