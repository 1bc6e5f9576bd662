create schema app;
comment on schema app is 'what the app owns';
