-- ~1 foreign data wrapper, ~1 foreign server, ~1 foreign table

ALTER FOREIGN DATA WRAPPER wire OPTIONS (ADD debug 'true');

ALTER SERVER shop VERSION '2' OPTIONS (DROP host, ADD dbname 'd', SET port '2');

ALTER FOREIGN TABLE public.item OPTIONS (DROP source, ADD kept 'no');
