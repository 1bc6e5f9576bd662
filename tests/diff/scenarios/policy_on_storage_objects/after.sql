create policy "avatars are public" on storage.objects for select to anon using (bucket_id = 'avatars');
