CREATE TABLE public."tabelle_mit_vielen_umlauten_äöüäöüäöüäöüäöüäöü" ("ä_eins" int, "ä_zwei" int);
