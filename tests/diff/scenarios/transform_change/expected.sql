-- ~1 transform

CREATE OR REPLACE TRANSFORM FOR public.pair LANGUAGE plpgsql (FROM SQL WITH FUNCTION public.from_pair(internal), TO SQL WITH FUNCTION public.to_pair(internal));
