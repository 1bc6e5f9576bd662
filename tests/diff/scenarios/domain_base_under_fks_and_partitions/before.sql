create domain public.oid_ as text;
create table public.org (id public.oid_, part int, primary key (id, part), unique (part));
create table public.doc (org public.oid_, part int, foreign key (org, part) references public.org on delete cascade deferrable initially deferred) partition by hash (part);
create table public.doc0 partition of public.doc for values with (modulus 1, remainder 0);
create table public.self (id public.oid_ primary key, up public.oid_ references public.self);
insert into public.org values ('00000000-0000-0000-0000-000000000001', 1);
insert into public.doc select * from public.org;
