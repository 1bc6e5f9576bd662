-- ~1 procedure

CREATE OR REPLACE PROCEDURE public.p(IN a integer)
 LANGUAGE plpgsql
AS $procedure$ begin perform 1; end $procedure$;
