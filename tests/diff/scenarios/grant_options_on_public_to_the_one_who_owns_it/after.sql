grant create on schema public to anon;
