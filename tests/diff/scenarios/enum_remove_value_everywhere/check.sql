select (c).m = 'up' and (cs[1]).n = 1 and ((o).c).n = 2 from "My App".p;
