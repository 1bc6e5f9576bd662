-- Café
comment on schema public is 'Caf�'; -- � once a file
