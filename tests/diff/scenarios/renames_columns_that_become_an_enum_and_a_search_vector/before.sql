create table public.docs (id uuid primary key, body text, lang text);
create index docs_lower on public.docs (lower(body)) where lang = 'en';
alter table public.docs add constraint lang_ok check (lang in ('en','de'));
create function public.check_doc() returns trigger language plpgsql as $$ begin if new.body is null then return null; end if; return new; end $$;
create trigger doc_tg before update of body on public.docs for each row when (new.lang = 'en') execute function public.check_doc();
insert into public.docs values ('00000000-0000-0000-0000-000000000001', 'Hi', 'en');
