"""A Supabase CLI whose native runtime is a database of ours: its help and everything but the stack itself are the real CLI's.

`supabase start --runtime native` downloads its programs from a place that tests do not ask, so what `start`, `stop` and `status`
do is taken from the help pages and the strings of 3.1.0; that a stack does not run is said as 3.1.0 says it.
"""

from __future__ import annotations

from pathlib import Path

_PROGRAM = """#!/bin/sh
echo "${{SUPABASE_EXPERIMENTAL_STACK:-0}} $*" >> "{folder}/asked"
running="{folder}/running"
case "$*" in
  --version) echo 3.9.0; exit 0 ;;
  *--help) exec "{real}" "$@" ;;
esac
[ "${{SUPABASE_EXPERIMENTAL_STACK:-}}" = 1 ] || {{ echo "Cannot connect to the Docker daemon" >&2; exit 1; }}
case "$*" in
  *" start --runtime native") touch "$running"; exit 0 ;;
  *" stop") rm -f "$running"; exit 0 ;;
esac
[ -e "$running" ] || {{ echo "No managed stack exists for the selected project." >&2; exit 1; }}
case "$*" in
  *" status --env --output-format text")
    printf 'API_URL="http://127.0.0.1:54321"\\nDB_URL="%s"\\n' "$(cat "{folder}/url")"; exit 0 ;;
esac
export PGPASSWORD="$(cat "{folder}/password")"
unset SUPABASE_EXPERIMENTAL_STACK
exec "{real}" "$@" --remote="$(cat "{folder}/bare")"
"""


def write(folder: Path, real: Path, url: str, password: str) -> Path:
    """The program, in `folder`; `url` is the database's without its password."""
    head, _, tail = url.partition("@")
    for name, text in (("bare", url), ("password", password), ("url", f"{head}:{password}@{tail}")):
        (folder / name).write_text(text)
    program = folder / "supabase"
    program.write_text(_PROGRAM.format(folder=folder, real=real))
    program.chmod(0o755)
    return program


def asked(program: Path) -> list[str]:
    """What it was asked: whether the stack was switched on, and the arguments."""
    return (program.parent / "asked").read_text().splitlines()
