create text search dictionary public.stems (template = pg_catalog.snowball, language = 'german', stopwords = 'german');
create text search configuration public.german_words (parser = pg_catalog.default);
alter text search configuration public.german_words add mapping for asciiword, word with public.stems, simple;
alter text search configuration public.german_words add mapping for int, float with simple;
comment on text search configuration public.german_words is 'stems only';
comment on text search dictionary public.stems is 'german';
create table public.note (body text, found tsvector generated always as (to_tsvector('public.german_words', body)) stored);
