select e='b' from public.t;
