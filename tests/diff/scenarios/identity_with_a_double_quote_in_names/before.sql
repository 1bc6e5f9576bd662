CREATE TABLE public."a""b" ("c""d" int NOT NULL);
INSERT INTO public."a""b" VALUES (4);
