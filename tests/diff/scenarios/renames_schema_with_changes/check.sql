select m=1 from b.t;
