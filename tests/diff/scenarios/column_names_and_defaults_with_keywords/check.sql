SELECT c = ' NOT NULL ' FROM public.t;
