create domain public.code as varchar(5) default 'x' not null check (length(value) > 0);
create table public.t (id public.code primary key, c public.code[] default '{a}', n int default length('x'::public.code));
create table public.u (t public.code references public.t, primary key (t));
create view public.v as select id::text || 'x' as a from public.t;
create function public.f(public.code) returns public.code[] language sql as $$ select array[$1] $$;
create procedure public.pr(inout a public.code) language plpgsql as $$ begin a := 'x'; end $$;
create statistics public.s on id, c from public.t;
create trigger tr after update of id on public.t for each row when (new.id <> 'y'::public.code) execute function suppress_redundant_updates_trigger();
insert into public.t values ('a'); insert into public.u values ('a');
