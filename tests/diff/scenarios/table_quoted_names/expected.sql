-- +1 table

CREATE TABLE public."Order Items" (
    "Id" integer NOT NULL,
    "select" text,
    "a""b" text,
    CONSTRAINT "Order Items_pkey" PRIMARY KEY ("Id")
);
