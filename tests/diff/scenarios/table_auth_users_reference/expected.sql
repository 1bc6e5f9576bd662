-- +1 table

CREATE TABLE public.profile (
    id uuid NOT NULL,
    name text,
    CONSTRAINT profile_pkey PRIMARY KEY (id),
    CONSTRAINT profile_id_fkey FOREIGN KEY (id) REFERENCES auth.users(id) ON DELETE CASCADE
);
