create text search dictionary public.plain (template = simple, stopwords = 'english');
create text search configuration public.words (parser = pg_catalog.default);
alter text search configuration public.words add mapping for asciiword, word, email with public.plain;
create table public.note (body text, found tsvector generated always as (to_tsvector('public.words', body)) stored);
insert into public.note values ('a');
