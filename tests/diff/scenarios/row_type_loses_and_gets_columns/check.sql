select (home).street = 's, "x"' and (home).town = 't' and (others[1]).town = '' from public.person;
