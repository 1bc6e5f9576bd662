create function public.may(variadic u int[]) returns boolean language sql immutable as $$ select u is not null $$;
create table public.parcel (id int primary key, sender int default 1, ok boolean generated always as (public.may(sender)) stored, constraint seen check (public.may(sender)));
create index pi on public.parcel (public.may(sender));
create view public.pv as select public.may(sender) as m from public.parcel;
create statistics public.ps on (public.may(sender)), id from public.parcel;
