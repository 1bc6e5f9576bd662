select n = 100 from s.p
