create foreign data wrapper wire options (debug 'true');
create server shop version '2' foreign data wrapper wire options (port '2', dbname 'd');
create foreign table public.item (id integer) server shop options (size '1', kept 'no');
