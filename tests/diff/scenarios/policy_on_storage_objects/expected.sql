-- +1 policy
--   lock: ACCESS EXCLUSIVE on storage.objects briefly

SET lock_timeout = '5s';

CREATE POLICY "avatars are public" ON storage.objects
    FOR SELECT
    TO anon
    USING (bucket_id = 'avatars'::text);
