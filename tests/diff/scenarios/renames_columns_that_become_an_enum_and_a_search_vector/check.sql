select content = 'Hi' and locale = 'en' and words @@ 'hi' from public.docs
