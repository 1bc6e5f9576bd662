-- +1 procedure

CREATE PROCEDURE public.p(IN a integer)
 LANGUAGE plpgsql
AS $procedure$ begin null; end $procedure$;
