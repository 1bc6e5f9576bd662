-- ~1 text search dictionary, ~1 text search configuration
--   incompatible: code that uses the name public.words breaks

ALTER TEXT SEARCH DICTIONARY public.plain RENAME TO simplest;

ALTER TEXT SEARCH CONFIGURATION public.words RENAME TO terms;
