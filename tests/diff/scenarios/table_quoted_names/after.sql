create table public."Order Items" ("Id" integer primary key, "select" text, "a""b" text);
