create role reporting login password 'postgres';
alter role reporting password 'your-password-here';
select decrypted_secret from vault.decrypted_secrets where name = 'payment_key';
-- postgresql://user:${PASSWORD}@localhost/postgres and postgres://localhost/postgres
select 'eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiJ9.c2lnbmF0dXJlc2ln';
select vault.create_secret(current_setting('app.key'), 'payment_key');
