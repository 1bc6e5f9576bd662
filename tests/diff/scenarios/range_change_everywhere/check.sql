select s = '[5,6)' and m = '{[5,6)}' and d = '[3,4)' and (b).m = '{[7,8)}' and (bs[1]).s = '[5,6)' from public.t; select s = '[5,6)' from public.x
