-- rename: public.docs.body:content
-- rename: public.docs.lang:locale
create type public.locale as enum ('en','de','fr');
create table public.docs (id uuid primary key, content text not null, locale public.locale, words tsvector generated always as (to_tsvector('simple', content)) stored);
create index docs_lower on public.docs (lower(content)) where locale = 'en';
create index docs_words on public.docs using gin (words);
create function public.check_doc() returns trigger language plpgsql as $$ begin if new.content is null then return null; end if; return new; end $$;
create trigger doc_tg before update of content on public.docs for each row when (new.locale = 'en') execute function public.check_doc();
