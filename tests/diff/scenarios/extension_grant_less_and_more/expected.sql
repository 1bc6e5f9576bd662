-- +3 grants, −1 grant
--   grant widened: PUBLIC can do more with public.of_citext()
--   grant widened: anon can do more with public.also_of_citext(public.citext[])
--   grant widened: authenticated can do more with public.settings_of_citext
--   grant widened: anon can do more with public.settings_of_citext

GRANT EXECUTE ON FUNCTION public.of_citext() TO PUBLIC;

GRANT EXECUTE ON FUNCTION public.also_of_citext(public.citext[]) TO anon WITH GRANT OPTION;

GRANT SELECT, INSERT ON TABLE public.settings_of_citext TO authenticated;

GRANT UPDATE (value) ON TABLE public.settings_of_citext TO anon;
