create table public.wide (id int, "eine_sehr_lange_spalte_mit_umlauten_äöüäöüäöüäöü_eins" int, "eine_sehr_lange_spalte_mit_umlauten_äöüäöüäöüäöü_zwei" int, x int);
insert into public.wide values (1,2,3,4);
