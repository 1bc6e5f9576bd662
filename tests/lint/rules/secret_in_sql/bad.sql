create role reporting login password 'hunter2hunter2';
select net.http_post('https://example.com', headers := '{"apikey": "sb_secret_AAAAAAAAAAAAAAAAAAAAAA"}'::jsonb);
-- postgres://postgres:correct-horse@db.example.com:5432/postgres
select vault.create_secret('correct-horse-battery', 'payment_key');
select 'eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.c2lnbmF0dXJlc2ln';
