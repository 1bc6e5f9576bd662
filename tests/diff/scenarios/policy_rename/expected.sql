-- ~1 policy

ALTER POLICY "old name" ON public.t RENAME TO "new name";
