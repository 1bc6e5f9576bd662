CREATE TABLE public."tabelle_mit_vielen_umlauten_äöüäöüäöüäöüäöüäöü" ("ä_eins" int NOT NULL, "ä_zwei" int NOT NULL);
