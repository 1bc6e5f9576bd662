SELECT note = 'kept' FROM public.visit;
