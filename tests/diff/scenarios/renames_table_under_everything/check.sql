select a=5 and s='new' from app.u where id=1;
select u_id=1 from public.k;
