select nextval('public.u_key_seq') = 3;
