select count(*) = 2 from public.ledger where id in (-5,-6) and s in (1,2)
