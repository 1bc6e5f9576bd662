"""The scripts of trusted extensions, in the private tree: safe for a database whose event triggers, schemas and triggers a
guest has made.

`CREATE EXTENSION` of a trusted extension runs its script as the bootstrap superuser, whichever role asked
(https://www.postgresql.org/docs/17/sql-createextension.html). PostgreSQL counts on event triggers being a superuser's; ours
are a guest's, so they are silenced for the length of the script. What a script leaves behind must not run as the superuser
either.
"""

from __future__ import annotations

import re
from pathlib import Path

# The language of the others, and made by initdb.
_LANGUAGE = "plpgsql"
_TRUSTED = re.compile(r"^\s*trusted\s*=\s*(?:true|on|yes|1)\b", re.MULTILINE)
_AS_CALLER = re.compile(r"^\s*superuser\s*=\s*(?:false|off|no|0)\b", re.MULTILINE)
_BEFORE = "supabase_tasks.before"
_SILENT = (
    "select pg_catalog.set_config('{before}', pg_catalog.current_setting('event_triggers'), true),"
    " pg_catalog.set_config('event_triggers', 'off', true);\n"
)
_LOUD = "\nselect pg_catalog.set_config('event_triggers', pg_catalog.current_setting('{before}'), true);\n"
# Before 17 there is no such setting, and what is enabled ALWAYS or REPLICA cannot be silenced: then the script does not start.
_SILENT_BEFORE_17 = (
    "select pg_catalog.set_config('{before}', pg_catalog.current_setting('session_replication_role'), true),"
    " pg_catalog.set_config('session_replication_role', case when exists (select from pg_catalog.pg_event_trigger"
    " where evtenabled operator(pg_catalog.=) any (array['A', 'R']::pg_catalog.\"char\"[]))"
    " then 'no extension while an event trigger is enabled ALWAYS or REPLICA' else 'replica' end, true);\n"
)
_LOUD_BEFORE_17 = (
    "\nselect pg_catalog.set_config('session_replication_role', pg_catalog.current_setting('{before}'), true);\n"
)
# An extension's functions with their owner's rights, and the tables that these write to (on which others may have triggers).
_HANDED_OVER = """
do $handed_over$
declare
  made record;
begin
  for made in
    select p.oid::pg_catalog.regprocedure::pg_catalog.text as name, 'routine' as kind
    from pg_catalog.pg_depend d
      join pg_catalog.pg_proc p on d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and p.oid = d.objid
      join pg_catalog.pg_extension e on d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.oid = d.refobjid
    where e.extname = '{extension}' and d.deptype = 'e' and p.prosecdef
    union all
    select c.oid::pg_catalog.regclass::pg_catalog.text, 'table'
    from pg_catalog.pg_depend d
      join pg_catalog.pg_class c on d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and c.oid = d.objid
      join pg_catalog.pg_extension e on d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.oid = d.refobjid
    where e.extname = '{extension}' and d.deptype = 'e' and c.relkind in ('r', 'p')
  loop
    execute pg_catalog.format('alter %s %s owner to postgres', made.kind, made.name);
  end loop;
end
$handed_over$;
"""
# supabase/postgres, postgresql_extension_custom_scripts/postgres_fdw/after-create.sql. Only superusers may own a foreign data
# wrapper by ALTER … OWNER TO, and `postgres` must never be one.
_GIVEN = """
insert into pg_catalog.pg_shdepend (dbid, classid, objid, objsubid, refclassid, refobjid, deptype)
select d.oid, 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass, w.oid, 0, 'pg_catalog.pg_authid'::pg_catalog.regclass,
  'postgres'::pg_catalog.regrole, 'o'
from pg_catalog.pg_database d, pg_catalog.pg_foreign_data_wrapper w
where d.datname = pg_catalog.current_database() and w.fdwname = '{extension}';
update pg_catalog.pg_foreign_data_wrapper set fdwowner = 'postgres'::pg_catalog.regrole where fdwname = '{extension}';
"""
_GIVEN_TO_POSTGRES = frozenset(("postgres_fdw",))
# Extensions that reach other servers do not on the shadow server, whose name no session can change. A handler must not
# be of a language that makes none; the borrowed one hands out no routines, which PostgreSQL refuses with an error.
_NETWORKED = frozenset(("dblink", "postgres_fdw"))
_CUT_OFF = """
update pg_catalog.pg_proc p set probin = null,
  prolang = (
    select l.oid from pg_catalog.pg_language l where l.lanname = case when h.handler then 'internal' else 'plpgsql' end
  ),
  prosrc = case when h.handler then 'heap_tableam_handler' else
    'begin raise exception ''{extension} does not connect from the shadow database'''
    ' using errcode = ''feature_not_supported''; end' end
from (select oid, prorettype = 'pg_catalog.fdw_handler'::pg_catalog.regtype as handler from pg_catalog.pg_proc) h
where h.oid = p.oid and pg_catalog.current_setting('cluster_name') = '{shadow}'
  and p.prolang = (select oid from pg_catalog.pg_language where lanname = 'c') and p.proname !~ 'validator$'
  and p.oid in (
    select d.objid from pg_catalog.pg_depend d join pg_catalog.pg_extension e on e.oid = d.refobjid
    where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and d.deptype = 'e'
      and d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.extname = '{extension}'
  );
"""
SHADOW_NAME = "supabase-tasks shadow"


def is_trusted(control: str) -> bool:
    """Whether the text of a control file says that the extension is trusted."""
    return _TRUSTED.search(control) is not None


def guard(folder: Path, major: int, supabases: frozenset[str]) -> None:
    """Make the scripts of every trusted extension in `folder` (`share/extension`) safe; `supabases` are those that Supabase
    brings, real or stood in for."""
    for control in folder.glob("*.control"):
        text = control.read_text(encoding="utf-8")
        name = control.stem
        if name != _LANGUAGE and is_trusted(text) and not _AS_CALLER.search(text):
            for script in folder.glob(f"{name}--*.sql"):
                _wrap(script, major, _after(name, name in supabases))


def _after(name: str, of_supabase: bool) -> str:
    handed_over = _HANDED_OVER.format(extension=name) if of_supabase else ""
    handed_over += _GIVEN.format(extension=name) if name in _GIVEN_TO_POSTGRES else ""
    return handed_over + (_CUT_OFF.format(extension=name, shadow=SHADOW_NAME) if name in _NETWORKED else "")


def _wrap(script: Path, major: int, after: str) -> None:
    silent, loud = (_SILENT, _LOUD) if major >= 17 else (_SILENT_BEFORE_17, _LOUD_BEFORE_17)
    text = script.read_bytes()
    # A hard link to the installed one: replaced, never written to.
    script.unlink()
    script.write_bytes(silent.format(before=_BEFORE).encode() + text + (after + loud.format(before=_BEFORE)).encode())
