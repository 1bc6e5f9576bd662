"""Migration texts that are hard to cut, and random ones made of the same pieces."""

from __future__ import annotations

import random

SCENES = "create table scenes (id int) -- the scenes\n;alter table scenes enable row level security;"
# Each group holds texts that look alike; what is the same for the CLI is the same here.
UGLY = (
    # A missing, a moved and a doubled semicolon.
    "create schema billing;\ncreate table accounts (id int);",
    "create schema billing\ncreate table accounts (id int);",
    "create schema billing;;\n;\n\ncreate table accounts (id int)",
    "create schema; billing create table accounts (id int);",
    "create schema billing create table accounts (id int);",
    # A comment that swallows what follows.
    SCENES,
    "create table scenes (id int) -- the scenes;alter table scenes enable row level security;",
    "create table scenes (id int); -- the scenes\nalter table scenes enable row level security;",
    "create table scenes (id int) -- the scenes\r;alter table scenes enable row level security;",
    "create table scenes (id int) -- the scenes\r\n;alter table scenes enable row level security;",
    "create table scenes (id int); alter table scenes enable row level security; -- the scenes",
    "create table scenes (id int) /* the scenes */;alter table scenes enable row level security;",
    "create table scenes (id int) /* the scenes ;alter table scenes enable row level security;*/",
    # Nested and overlapping comments.
    "select 1 /* a /* b; */ c; */; select 2",
    "select 1 /*/ ; select 2 /*/; select 3",
    "/* /* */* */ select 1; */ select 2",
    "select 1 /* a */* 2; select 3",
    "select 1 //* a; */ 2; select 3",
    "select 1 -- /* \n; select 2 -- */",
    # Quotes of every kind.
    "select 'a;''b;'; select \"c;\"",
    "select 'a\\'; select 'b'",
    "select E'a\\'; select b'; select 2",
    "select e'a'\n'\\'; select 2",
    "select e'a' '\\'; select 2",
    "select e'a' -- c\n'\\'; select 2",
    "select date'\\'; select 2",
    "select U&'\\0061;'; select 2",
    "select '--'; select 2",
    "select 'unfinished; select 2",
    # Dollar quotes.
    "do $$ begin null; end $$; select 2",
    "do $x$ begin $$ ; $$; end $x$; select 2",
    "do $$ begin null;  end $$; select 2",
    "do $$; $$$; select 2",
    "select $1; select $2",
    "select 1 as a$b$; select 2 as c$b$",
    "do $é$ begin; end $é$; select 2",
    # Parentheses and bodies.
    "create rule r as on insert to t do also (select 1; select 2); select 3",
    "select ((1); 2); 3",
    "select \\; 1; 2",
    "create function f() returns int begin atomic select 1; select 2; end; select 3",
    "create function f() returns int begin atomic select case when true then 1 end; select 2; end; select 3",
    "create function f() returns int begin\natomic select 1; /* c */ end; select 3",
    "create function f() returns int begin atomic select 1; ending; end; select 3",
    "select atomic; select 2",
    "select begin_atomic; select 2",
    # Blanks, line ends, other spaces.
    "select 1;\r\nselect 2;\r\n",
    "select 1;\nselect 2;\n",
    "select 1; select 2",
    "  \t\v\f select 1 ;\n\n ; select 2 ",
    "\xa0select 1\u2028;\u3000select 2\ufeff",
    "\x1fselect 1;\x85select 2",
    "\u200bselect 1;select 2",
    # The same statement twice, another order, another case.
    "select 1; select 1; select 2",
    "select 2; select 1",
    "SELECT 1; select 2",
    "select  1; select 2",
    # Nothing, or almost nothing.
    "",
    " ;\n;; ",
    "\ufeff",
    "-- only",
    "-- only;",
    "/* only */",
    "\ufeffselect 1; select 2",
    "\ufeff$$;select 1;$$",
    "-- pg-delta: transaction=false\nselect 1;",
    "\n-- pg-delta: transaction=false\nselect 1;",
)
_PIECES = (
    *(
        "'",
        "''",
        '"',
        "$$",
        "$a$",
        "$",
        "--",
        "-",
        "/*",
        "*/",
        "/",
        "*",
        "\\",
        ";",
        ";",
        ";",
        "(",
        ")",
        "\n",
        "\r",
        "\r\n",
    ),
    *(" ", "\t", "begin atomic", "BEGIN\tATOMIC", "end", "END", "end;", "case", "e'", "E'", "E", "a", "b$", "x", "é"),
    *("\xa0", "\ufeff", "1", "_", "\x0b", "\x85", "select", "/*/", "*/*", "-- c", "\u2028", "\x1c", "ſ", "😀"),
)


def chance(number: int, seed: int = 11) -> tuple[str, ...]:
    """`number` random texts, the same ones every time."""
    dice = random.Random(seed)
    made = []
    for _ in range(number):
        few = [*dice.sample(_PIECES, dice.randint(3, 14)), ";"]
        made.append("".join(dice.choice(few) for _ in range(dice.randint(1, 22))))
    return tuple(made)
