-- ~2 columns
--   lock: ACCESS EXCLUSIVE on public."tabelle_mit_vielen_umlauten_äöüäöüäöüäöüäöüäö" briefly

SET lock_timeout = '5s';

ALTER TABLE public."tabelle_mit_vielen_umlauten_äöüäöüäöüäöüäöüäö"
    ADD CONSTRAINT "tabelle_mit_vielen_umlauten_äöüäöüäöüäöüä_95efe04b" CHECK ("ä_eins" IS NOT NULL) NOT VALID,
    ADD CONSTRAINT "tabelle_mit_vielen_umlauten_äöüäöüäöüäöüä_f01c3b23" CHECK ("ä_zwei" IS NOT NULL) NOT VALID;

-- reads the existing rows, without blocking writes
--   may fail: fails when a row of public."tabelle_mit_vielen_umlauten_äöüäöüäöüäöüäöüäö" has no "ä_eins"
--   incompatible: code that writes NULL to public."tabelle_mit_vielen_umlauten_äöüäöüäöüäöüäöüäö"."ä_eins" breaks
--   may fail: fails when a row of public."tabelle_mit_vielen_umlauten_äöüäöüäöüäöüäöüäö" has no "ä_zwei"
--   incompatible: code that writes NULL to public."tabelle_mit_vielen_umlauten_äöüäöüäöüäöüäöüäö"."ä_zwei" breaks
--   lock: ACCESS EXCLUSIVE on public."tabelle_mit_vielen_umlauten_äöüäöüäöüäöüäöüäö" while every row is read

SET lock_timeout = '5s';

ALTER TABLE public."tabelle_mit_vielen_umlauten_äöüäöüäöüäöüäöüäö" VALIDATE CONSTRAINT "tabelle_mit_vielen_umlauten_äöüäöüäöüäöüä_95efe04b";

ALTER TABLE public."tabelle_mit_vielen_umlauten_äöüäöüäöüäöüäöüäö" ALTER COLUMN "ä_eins" SET NOT NULL;

ALTER TABLE public."tabelle_mit_vielen_umlauten_äöüäöüäöüäöüäöüäö" DROP CONSTRAINT "tabelle_mit_vielen_umlauten_äöüäöüäöüäöüä_95efe04b";

ALTER TABLE public."tabelle_mit_vielen_umlauten_äöüäöüäöüäöüäöüäö" VALIDATE CONSTRAINT "tabelle_mit_vielen_umlauten_äöüäöüäöüäöüä_f01c3b23";

ALTER TABLE public."tabelle_mit_vielen_umlauten_äöüäöüäöüäöüäöüäö" ALTER COLUMN "ä_zwei" SET NOT NULL;

ALTER TABLE public."tabelle_mit_vielen_umlauten_äöüäöüäöüäöüäöüäö" DROP CONSTRAINT "tabelle_mit_vielen_umlauten_äöüäöüäöüäöüä_f01c3b23";
