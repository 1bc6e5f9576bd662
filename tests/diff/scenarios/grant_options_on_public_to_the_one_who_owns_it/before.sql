grant all on schema public to postgres with grant option;
