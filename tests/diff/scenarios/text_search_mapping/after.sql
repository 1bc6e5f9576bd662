create text search dictionary public.plain (template = simple, accept = false);
create text search dictionary public.stems (template = snowball, language = 'german');
create text search configuration public.words (parser = pg_catalog.default);
alter text search configuration public.words add mapping for word with public.stems, public.plain;
alter text search configuration public.words add mapping for email, url with public.plain;
create table public.note (body text, found tsvector generated always as (to_tsvector('public.words', body)) stored);
