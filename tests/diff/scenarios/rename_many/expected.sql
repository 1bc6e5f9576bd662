-- ~2 enums, ~1 table, ~1 column, ~2 constraints, ~1 index, ~1 policy, ~1 view
--   incompatible: code that uses the name public.orgs breaks
--   incompatible: code that uses the name public.status breaks
--   incompatible: code that uses the name public.teams.name breaks
--   incompatible: code that writes 'live' breaks
--   incompatible: code that uses the name public.v breaks
--   lock: ACCESS EXCLUSIVE on public.orgs briefly
--   lock: ACCESS EXCLUSIVE on public.teams briefly

SET lock_timeout = '5s';

ALTER TABLE public.orgs RENAME TO teams;

ALTER TYPE public.status RENAME TO state;

ALTER TABLE public.teams RENAME COLUMN name TO title;

ALTER TYPE public.state RENAME VALUE 'live' TO 'active';

ALTER VIEW public.v RENAME TO w;

ALTER TABLE public.teams RENAME CONSTRAINT orgs_pkey TO teams_pkey;

ALTER TABLE public.teams RENAME CONSTRAINT orgs_name_key TO teams_title_key;

ALTER INDEX public.ix_orgs_name RENAME TO ix_teams_title;

ALTER POLICY p ON public.teams RENAME TO p2;
