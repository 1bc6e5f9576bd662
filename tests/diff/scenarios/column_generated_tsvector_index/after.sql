create table public.doc (id integer primary key, body text not null, search tsvector generated always as (to_tsvector('english', body)) stored);
create index doc_search on public.doc using gin (search);
