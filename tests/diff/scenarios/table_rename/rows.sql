insert into public.customer values (1, 'Ada', 'London');
