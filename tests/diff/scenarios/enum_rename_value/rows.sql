insert into public.t values (1, 'fine'), (2, 'happy');
