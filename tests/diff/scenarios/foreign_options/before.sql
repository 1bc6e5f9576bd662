create foreign data wrapper wire;
create server shop foreign data wrapper wire options (host 'a', port '1');
create foreign table public.item (id integer) server shop options (source 'x', size '1');
