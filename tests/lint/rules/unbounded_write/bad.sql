update public.scenes set title = 'untitled';
delete from public.scenes;
do $$ begin update public.scenes set title = ''; end $$;
