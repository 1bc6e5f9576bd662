create table public.t (id int, n text, b boolean);
create table public.log (id int primary key, old public.t default row(1,'a',true)::public.t, fresh public.t default row(2,'b',false)::public.t, arr public.t[] default array[row(2,'b',false)::public.t]);
