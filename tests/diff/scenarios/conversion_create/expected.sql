-- +2 conversions

CREATE CONVERSION public.from_latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;

COMMENT ON CONVERSION public.from_latin IS 'western';

CREATE DEFAULT CONVERSION public.to_latin FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
