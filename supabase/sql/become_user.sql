-- See the database as a signed-in user does. Everything is undone at the end.
begin;
set local role authenticated;
select set_config(
  'request.jwt.claims',
  '{"sub": "a1000000-0000-4000-8000-000000000004", "role": "authenticated", "email": "li@kiln-ceramics.test"}',
  true
);
select id, name from public.projects order by name;
rollback;
