-- +1 trigger
--   lock: SHARE ROW EXCLUSIVE on auth.users briefly

SET lock_timeout = '5s';

CREATE TRIGGER on_auth_user_created AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION public.handle_new_user();
