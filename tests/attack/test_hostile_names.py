"""Names of a foreign schema are data: nothing of them runs, leaves its folder, or becomes markup."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from support import project as projects
from support import warm
from support.project import Project

from supabase_tasks import postgres
from supabase_tasks.flow.importing import run as importing
from supabase_tasks.flow.importing.proving import ImportResult

pytestmark = pytest.mark.server
CANARY = "canary-was-run"
RUN = f"open({CANARY!r}, 'w')"
# Every name is a table, a column, a constraint, a policy, an enum and one of its values, and a comment.
NAMES = [
    'quote"d', "quote'd", '"""', "'''", "back\\slash", "new\nline", "../../escape", "/abs/olute", "..", "a/b", "class",
    "None", "__init__", "__import__", "import", "self", "metadata", "{braces}", "{0.__class__}", "%s %(x)s", "$(touch x)",
    "`touch x`", "; drop table x; --", "/* comment", "*/", "$$", "$body$", "\u202eright to left", "日本語", "é\u0301",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "&amp;", "]]>", "--><b>",
    f"x'); {RUN}; ('", f'x"); {RUN}; ("', f'"""); {RUN}; ("""', f"\\N{{BULLET}}\\x27); {RUN} #", f"{{{RUN}}}", "con", "nul.py",
    "a" * 63, "mermaid\nclick A href \"javascript:alert(1)\"", "end %%{init: {}}%%",
]  # fmt: skip


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def _schema() -> str:
    lines = []
    for number, name in enumerate(NAMES):
        ident, short = quoted(name), quoted((name + str(number))[-50:])
        lines += [
            f"create type {quoted('e' + name[:40])} as enum ({literal(name[:63])});",
            f"create table {ident} (id int primary key, {ident} text not null default {literal(name)},"
            f" kind {quoted('e' + name[:40])}, constraint {short} check ({ident} <> {literal(name)}));",
            f"alter table {ident} enable row level security;",
            f"create policy {ident} on {ident} using ({ident} = {literal(name)});",
            f"comment on table {ident} is {literal(name)};",
            f"comment on column {ident}.{ident} is {literal(name)};",
        ]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, ImportResult]]:
    project = projects.make(tmp_path_factory.mktemp("hostile"), models="")
    project.write("supabase/migrations/0000_hostile.sql", _schema())
    yield project, importing.import_schema(project.settings, "migrations", "taken", "sql/taken")
    postgres.stop(project.settings)


def test_files_stay_in_their_folder(imported: tuple[Project, ImportResult]) -> None:
    project, result = imported
    assert result.tables == len(NAMES)
    for name in result.files:
        path = (project.root / name).resolve()
        assert path.is_relative_to(project.root / "taken") or path.is_relative_to(project.root / "sql" / "taken"), name
        assert "\n" not in name and ".." not in Path(name).parts


def test_the_modules_hold_names_as_constants_only(imported: tuple[Project, ImportResult]) -> None:
    _, result = imported
    for name, text in result.files.items():
        if name.endswith(".py"):
            tree = ast.parse(text)
            called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
            assert not called & {"open", "eval", "exec", "__import__", "alert"}, name
            used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
            assert not used & {"open", "touch", "alert"}, name


def test_importing_them_runs_nothing(imported: tuple[Project, ImportResult]) -> None:
    project, result = imported
    importing.write(project.root, result)
    modules = [Path(name).with_suffix("").as_posix().replace("/", ".") for name in result.files if name.endswith(".py")]
    script = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name.removesuffix('.__init__'))"
    done = subprocess.run(
        [sys.executable, "-c", script, *modules], cwd=project.root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert not list(project.root.rglob(CANARY))


class _Markup(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name in ("href", "src", "xlink:href")}


def _harmless(text: str) -> None:
    markup = _Markup()
    markup.feed(text)
    # The diagram's page has one script and one form of its own.
    assert not {"img", "iframe", "object", "embed", "foreignobject", "b", "base"} & set(markup.tags)
    assert markup.tags.count("script") <= 1
    assert {name for name in markup.attributes if name.startswith("on")} <= {"onsubmit"}
    assert all(link.startswith("#") or link == "" for link in markup.links)


def test_review_and_diagram_hold_no_markup_of_theirs(imported: tuple[Project, ImportResult]) -> None:
    project, result = imported
    importing.write(project.root, result)
    project.write("pyproject.toml", '[tool.supabase-tasks]\nproject = "small"\nmodels = "taken"\nsql = "sql/taken"\n')
    (project.root / "sql/taken").mkdir(parents=True, exist_ok=True)
    (project.root / "supabase/migrations/0000_hostile.sql").unlink(missing_ok=True)
    outputs = [option for name in ("d.svg", "d.html", "d.md") for option in ("--output", name)]
    for arguments in (["schema-diagram", *outputs], ["schema-generate", "--dry-run", "--html", "review.html"]):
        done = warm.run([sys.executable, "-m", "invoke", *arguments], cwd=project.root)
        assert done.returncode == 0, done.stdout + done.stderr
    ElementTree.parse(project.root / "d.svg")
    for name in ("d.svg", "d.html", "review.html"):
        _harmless((project.root / name).read_text())
    blocks = (project.root / "d.md").read_text().split("```mermaid\n")[1:]
    assert blocks
    for block in blocks:
        assert not {"<", "%", "\\"} & set(block.split("```")[0])
    assert not list(project.root.rglob(CANARY))
