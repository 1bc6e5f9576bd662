truncate public.scenes;
truncate table scenes, models restart identity cascade;
do $$ begin truncate public.jobs; end $$;
