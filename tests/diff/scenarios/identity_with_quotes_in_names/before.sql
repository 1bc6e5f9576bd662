CREATE TABLE public."it's" ("o'id" int NOT NULL, "two""quotes" int NOT NULL);
INSERT INTO public."it's" VALUES (4, 5);
