create table public.t (id int not null, a int not null);
create unique index u on public.t (a, id);
alter table public.t add constraint pk primary key (id, a);
alter table public.t replica identity using index u;
alter table public.t cluster on pk;
