-- Café
comment on schema public is 'Café 😀';
