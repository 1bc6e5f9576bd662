create conversion public.from_latin for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
create default conversion public.to_latin for 'UTF8' to 'LATIN1' from utf8_to_iso8859_1;
comment on conversion public.from_latin is 'western';
