select aa = 4 and b = 8 and id = 1 from neu.tt
