"""Migration texts for the comparison with the real CLI, each by what it is about. `§` stands for a name of its own.

`RUNS` are texts that both majors apply, `FAILS` those that neither does, `DIFFERS` those of which one major applies only.
"""

from __future__ import annotations

_TABLE = "create table public.§ (a int, b text);\n"
_FILLED = f"{_TABLE}insert into public.§ select n, 'row ' || n from generate_series(1, 3) n;\n"

_QUOTES = {
    "a semicolon in a string": f"{_TABLE}insert into public.§ values (1, 'a;b');",
    "a doubled quote": f"{_TABLE}insert into public.§ values (1, 'it''s; ok'); insert into public.§ values (2, '''');",
    "two strings on two lines": f"{_TABLE}insert into public.§ values (1, 'a;'\n'b;');",
    "a backslash in a string": f"{_TABLE}insert into public.§ values (1, 'a\\'); insert into public.§ values (2, 'b');",
    "a quoted name with a semicolon": 'create table public."§;x" (a int); insert into public."§;x" values (1);',
    "a quoted name with quotes": 'create table public."§""x;" (a int); insert into public."§""x;" values (1);',
    "a quoted name with an apostrophe": 'create table public."§\'x" (a int); insert into public."§\'x" values (1);',
    "an E string with an escaped quote": f"{_TABLE}insert into public.§ values (1, E'it\\'s; ok'); select 2;",
    "a small e string": f"{_TABLE}insert into public.§ values (1, e'\\';\\n'); select 2;",
    "an E string with a doubled quote": f"{_TABLE}insert into public.§ values (1, E'a'';b\\\\'); select 2;",
    "an E string that goes on": f"{_TABLE}insert into public.§ values (1, E'a;'\n'\\';'); select 2;",
    "a word that ends in e before a string": "select date'2024-01-01'; select 2;",
    "a unicode string": f"{_TABLE}insert into public.§ values (1, U&'\\0061;b'); select 2;",
    "a unicode name": 'create table public.U&"§\\003B" (a int); select 2;',
    "a bit string": "select B'101', X'1F'; select 2;",
    "a national string": "select N'a;b'; select 2;",
    "an empty string": f"{_TABLE}insert into public.§ values (1, ''); insert into public.§ values (2, 'x');",
    "comment marks in strings": f"{_TABLE}insert into public.§ values (1, '-- a; /* b'); select '*/';",
    "dollars in strings": f"{_TABLE}insert into public.§ values (1, '$$;$x$'); select 2;",
    "a line end in a string": f"{_TABLE}insert into public.§ values (1, 'a\n;\nb'); select 2;",
}
_DOLLARS = {
    "a plain dollar body": "do $$ begin perform 1; perform ';'; end $$; select 2;",
    "a tagged body": "do $body$ begin perform '$$;$$'; end $body$; select 2;",
    "a tag in capitals": "do $BODY$ begin perform 1; end $BODY$; select 2;",
    "a tag of another case inside": "do $a$ begin perform '$A$;'; end $a$; select 2;",
    "a tag with digits": "do $_1$ begin perform 1; end $_1$; select 2;",
    "a tag with letters of other languages": "do $é$ begin perform 1; end $é$; select 2;",
    "a dollar string": f"{_TABLE}insert into public.§ values (1, $$a;b$$), (2, $q$c';d$q$); select 2;",
    "dollars in a name": "create table public.§a$b$c (a$b$c int, x text default 'a;b'); select 1;",
    "a name that ends in a dollar": "create table public.§$ (a$ int); insert into public.§$ (a$) values (1);",
    "a dollar name before a body": "create table public.§a$b (x int); do $b$ begin perform 1; end $b$;",
    "a parameter in a body": (
        "create function public.§(int) returns int language sql as 'select $1;'; select public.§(1);"
    ),
    "a parameter in a prepared statement": "prepare §p as select $1::int; execute §p(1); deallocate §p;",
    "bodies in bodies": (
        "create function public.§() returns void language plpgsql as $f$ begin execute $q$ select ';' $q$; end $f$;"
        "select public.§();"
    ),
    "a comment in a body": "do $$ -- it's; \n begin /* $x$ ; */ perform 1; end $$; select 2;",
    "a body without blanks around": "create function public.§() returns int language sql as $$select 1;$$;select 2;",
    "an empty body": f"{_TABLE}insert into public.§ values (1, $$$$); select 2;",
}
_COMMENTS = {
    "a line comment": "-- a; b\nselect 1; -- c;\nselect 2;",
    "a line comment at the end": "select 1; -- the end",
    "a line comment alone": "-- nothing; here",
    "a block comment alone": "/* nothing; here */",
    "a block comment": "/* a; */ select 1; /* b; */ select 2 /* c; */;",
    "a nested block comment": "/* a; /* b; */ c; */ select 1; select 2;",
    "a deeply nested block comment": "/* /* /* ; */ ; */ ; */ select 1; /* x /* ; */ */ select 2;",
    "quotes in comments": "-- it's\nselect 1; /* it's \" $$ */ select 2;",
    "a comment in the middle": "create table public.§ ( -- first; \n a int, /* second; */ b text ); select 2;",
    "minus and slash": "select 3-2/1 - -1; select 2;",
    "a comment that ends at a carriage return": "select 1 -- a;\r; select 2;",
    "stars and slashes": "select 4 / 2 * 3; select 2 */* x; */ 2;",
    "a comment behind the last semicolon": "select 1;\n/* the end; */\n",
    "many comments": "--\n--;\n/**/ /***/ /*;*/ select 1;",
    "a comment that looks like the directive": "/* -- pg-delta: transaction=false */ select 1; select 2;",
}
_ATOMIC = {
    "begin atomic": (
        "create function public.§() returns int language sql begin atomic select 1; select 2; end; select public.§();"
    ),
    "begin atomic with a name that begins with end": (
        "create function public.§() returns int language sql immutable begin atomic select 1 as pending; select "
        "2; end;"
        "select 1;"
    ),
    "begin atomic with the name ending": (
        "create function public.§() returns int language sql begin atomic select 1 as ending; select 2 as "
        "the_end; end;"
        "select 1;"
    ),
    "begin atomic with a quoted end": (
        'create function public.§() returns int language sql begin atomic select 1 as "end"; select 2; end; select 1;'
    ),
    "begin atomic with case": (
        "create function public.§() returns int language sql begin atomic select case when true then 1 end; "
        "select 3; end;"
        "select public.§();"
    ),
    "begin atomic with nested case": (
        "create function public.§() returns int language sql begin atomic"
        " select case when true then case when true then 1 end end; select 3; end; select public.§();"
    ),
    "begin atomic on lines": (
        "create function public.§() returns int language sql\nbegin\n  atomic\n  select 1;\n  -- end;\n  select "
        "2;\nend;\n"
    ),
    "begin atomic in capitals": (
        "CREATE FUNCTION public.§() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END; SELECT 1;"
    ),
    "begin atomic with a comment before end": (
        "create function public.§() returns int language sql begin atomic select 1; /* x; */ end; select 1;"
    ),
    "begin atomic with strings": (
        "create function public.§() returns text language sql begin atomic select 'end;'; select 'x'; end; select 1;"
    ),
    "begin atomic with brackets": (
        "create function public.§() returns int language sql begin atomic select (1); select ((2)); end; select 1;"
    ),
    "a procedure with begin atomic": (
        f"{_TABLE}create procedure public.§_p() language sql begin atomic"
        " insert into public.§ values (1, 'x'); delete from public.§ where a = 2; end; call public.§_p();"
    ),
    "an empty begin atomic": "create procedure public.§() language sql begin atomic end; call public.§();",
    "the word atomic": "create table public.§ (atomic int, begin_atomic int); select atomic from public.§;",
    "two functions with begin atomic": (
        "create function public.§() returns int language sql begin atomic select 1; end;"
        "create function public.§2() returns int language sql begin atomic select case when true then 2 end; end;"
    ),
    "return": "create function public.§(a int) returns int language sql return a + 1; select public.§(1);",
}
_BRACKETS = {
    "a rule with an action in brackets": (
        f"{_TABLE}create table public.§_log (a int); create rule r as on insert to public.§ do also"
        " (insert into public.§_log values (new.a)); insert into public.§ values (1, 'x');"
    ),
    "brackets": "select (1), ((2)), (select (3)); select 2;",
    "an array": "select array[1, 2], '{a;b}'::text[]; select ('{1,2}'::int[])[1];",
    "a check with brackets": (
        "create table public.§ (a int check ((a > 0) and (a < 9))); insert into public.§ values (1);"
    ),
    "an operator with a backslash in a string": "select 'a\\b' ~ '\\w;'; select 2;",
    "operators": "select 1 <> 2, 'a' || ';' || 'b', '{}'::jsonb @> '{}'::jsonb, 5 % 3, ~1, 2 ^ 3, @ -1; select 2;",
    "casts and colons": "select '1'::int, cast('2' as int); select (array[1,2,3])[1:2];",
}
_EMPTY = {
    "nothing": "",
    "blanks": "  \n\t\n",
    "semicolons": ";;; ;\n;",
    "empty statements between others": ";; select 1;; ;\n; select 2;;",
    "no semicolon at the end": "select 1; select 2",
    "blanks at the end": "select 1;   \n\n\t ",
    "one statement": "select 1",
    "a comment between semicolons": "select 1; /* x */; -- y\n; select 2;",
}
_CHARACTERS = {
    "a byte order mark": f"\ufeff{_FILLED}",
    "a byte order mark alone": "\ufeff",
    "a byte order mark before a comment": "\ufeff-- a;\nselect 1;",
    "byte order marks around statements": f"{_FILLED}\ufeffselect 1;\ufeff select 2 \ufeff;",
    "lines of Windows": f"{_FILLED}select 1;\nselect 2;\n".replace("\n", "\r\n"),
    "lone carriage returns": f"{_FILLED}select 1;\nselect 2;\n".replace("\n", "\r"),
    "lines of Windows in a body": "do $$\r\nbegin\r\n  perform 1;\r\nend\r\n$$;\r\nselect 2;\r\n",
    "lines of Windows in a string": f"{_TABLE}insert into public.§ values (1, 'a\r\nb');\r\n",
    "a carriage return in a string": f"{_TABLE}insert into public.§ values (1, 'a\rb');",
    "form feed and vertical tab": "select 1;\f\vselect\f2;\f",
    "accents": f"{_TABLE}insert into public.§ values (1, 'ünïcödé; ß'); create table public.§_é (\"naïve;\" int);",
    "other writing": f"{_TABLE}insert into public.§ values (1, '数据库;'), (2, 'база;'), (3, 'قاعدة;'); select 2;",
    "emoji": f"{_TABLE}insert into public.§ values (1, '😀;🧑‍🚀'); comment on table public.§ is '🎉;'; select 2;",
    "a combining accent": f"{_TABLE}insert into public.§ values (1, 'e\u0301;'); select 2;",
    "no-break spaces in a string": f"{_TABLE}insert into public.§ values (1, 'a\xa0;b\u2028c'); select 2;",
    "a no-break space around": "\xa0select 1;\u2028select 2\u3000;\xa0",
    "control characters in a string": f"{_TABLE}insert into public.§ values (1, E'\\x01' || '\x02;'); select 2;",
    "a replacement character": f"{_TABLE}insert into public.§ values (1, '\ufffd;'); select 2;",
    "a long line": f"{_TABLE}insert into public.§ values (1, '{'x;' * 30_000}'); select 2;",
    "a statement longer than a buffer": f"{_TABLE}insert into public.§ values (1, '{'x' * 300_000}');",
    "a long comment": f"-- {'x;' * 30_000}\nselect 1;",
    "many statements on one line": f"{_TABLE}{'insert into public.§ values (1, null);' * 300}",
    "many values": f"{_TABLE}insert into public.§ values {', '.join(f'({n}, null)' for n in range(2000))};",
    "many short lines": f"{_TABLE}" + "select 1;\n" * 300,
}
_TRANSACTIONS = {
    "begin and commit around all": f"begin;\n{_FILLED}commit;",
    "begin and commit in capitals": f"BEGIN;\n{_FILLED}COMMIT;",
    "begin transaction and end": f"begin transaction;\n{_FILLED}end;",
    "start transaction": f"start transaction;\n{_FILLED}commit work;",
    "start transaction with a level": f"start transaction isolation level serializable;\n{_FILLED}commit;",
    "a commit in the middle": f"{_FILLED}commit; insert into public.§ values (9, 'behind');",
    "a rollback in the middle": f"{_FILLED}begin; insert into public.§ values (9, 'gone'); rollback;",
    "abort": f"{_FILLED}begin; insert into public.§ values (9, 'gone'); abort; select 1;",
    "commit alone": "commit;",
    "rollback alone": f"{_FILLED}rollback; insert into public.§ values (9, 'x');",
    "two transactions": f"begin; {_FILLED} commit; begin; insert into public.§ values (9, 'x'); commit;",
    "commit and chain": f"begin; {_FILLED} commit and chain; insert into public.§ values (8, 'x'); commit;",
    "a comment before commit": f"begin; {_FILLED} /* now; */ -- really\n commit;",
    "rollback work to a savepoint": (
        f"begin; {_FILLED} savepoint s; insert into public.§ values (9, 'x'); rollback work to s; commit;"
    ),
    "set local in a transaction": f"begin; set local lock_timeout = '4s'; {_FILLED} commit;",
    "set constraints": "begin; set constraints all deferred; commit;",
    "commit in a DO block": f"{_FILLED}do $$ begin insert into public.§ values (7, 'x'); commit; end $$; select 1;",
    "a procedure that commits": (
        f"{_FILLED}create procedure public.§_p() language plpgsql as $$ begin insert into public.§ values (7, 'x'); commit;"
        " end $$; call public.§_p();"
    ),
    "words of transactions in strings": (
        f"{_TABLE}insert into public.§ values (1, 'commit; begin'); select 1 as \"begin\";"
    ),
    "a column called commit": "create table public.§ (commit int, rollback int); select commit from public.§;",
    "end in a comment": "select 1; -- end\nselect 2; /* commit; */",
    "the directive": f"-- pg-delta: transaction=false\n{_FILLED}vacuum public.§;",
    "the directive with lines of Windows": f"-- pg-delta: transaction=false\r\n{_FILLED}",
    "the directive behind a byte order mark": f"\ufeff-- pg-delta: transaction=false\n{_FILLED}vacuum public.§;",
    "the directive behind a blank line": f"\n-- pg-delta: transaction=false\n{_FILLED}",
    "lock in a transaction": f"begin; {_TABLE}lock table public.§; select pg_advisory_xact_lock(1); commit;",
    "a cursor in a transaction": "begin; declare §_c cursor for select 1; fetch all from §_c; close §_c; commit;",
    "a deferred constraint": (
        "create table public.§ (a int primary key deferrable initially deferred);"
        "insert into public.§ values (1), (2); update public.§ set a = 3 - a;"
    ),
}
_ALONE = {
    "create index concurrently alone": "create index concurrently if not exists §_i on public.ground (a);",
    "create index concurrently behind others": f"{_FILLED}create index concurrently §_i on public.§ (a);",
    "create index concurrently between others": (
        f"{_FILLED}create index concurrently §_i on public.§ (a); insert into public.§ values (9, 'x');"
    ),
    "create unique index concurrently": f"{_FILLED}create unique index concurrently §_i on public.§ (a);",
    "create index concurrently in capitals": f"{_FILLED}CREATE INDEX CONCURRENTLY §_i ON public.§ (a);",
    "create index concurrently on lines": f"{_FILLED}create\n  index\n  concurrently §_i\n  on public.§ (a);",
    "create index concurrently behind a comment": (
        f"{_FILLED}-- quickly;\n/* now */ create index concurrently §_i on public.§ (a);"
    ),
    "two indexes concurrently": (
        f"{_FILLED}create index concurrently §_i on public.§ (a); create index concurrently §_j on public.§ (b);"
    ),
    "drop index concurrently": (
        f"{_FILLED}create index §_i on public.§ (a); drop index concurrently public.§_i; select 1;"
    ),
    "drop and create again": (
        f"{_FILLED}create index §_i on public.§ (a); drop index concurrently if exists §_i;"
        " create index concurrently §_i on public.§ (b);"
    ),
    "reindex table concurrently": (
        f"{_FILLED}create index on public.§ (a); reindex table concurrently public.§; select 1;"
    ),
    "reindex with options": f"{_FILLED}create index on public.§ (a); reindex (verbose) table concurrently public.§;",
    "reindex index concurrently": f"{_FILLED}create index §_i on public.§ (a); reindex index concurrently public.§_i;",
    "reindex": f"{_FILLED}create index on public.§ (a); reindex table public.§; select 1;",
    "vacuum": f"{_FILLED}vacuum public.§; insert into public.§ values (9, 'x');",
    "vacuum analyze": f"{_FILLED}vacuum analyze public.§;",
    "vacuum with options": f"{_FILLED}vacuum (analyze, verbose) public.§; select 1;",
    "vacuum without a blank": f"{_FILLED}vacuum(analyze) public.§; select 1;",
    "analyze": f"{_FILLED}analyze public.§; select 1;",
    "cluster": f"{_FILLED}create index §_i on public.§ (a); cluster public.§ using §_i; select 1;",
    "vacuum first": "vacuum public.ground; select 1;",
    "vacuum between settings": "set statement_timeout = '1min'; vacuum public.ground; reset statement_timeout;",
    "the word concurrently": (
        "create table public.§ (concurrently_made int); comment on table public.§ is 'create index concurrently';"
    ),
    "refresh": (
        f"{_FILLED}create materialized view public.§_m as select a from public.§; create unique index on public.§_m (a);"
        " refresh materialized view concurrently public.§_m;"
    ),
    "an index in a partitioned table": (
        "create table public.§ (a int) partition by range (a);"
        "create table public.§_1 partition of public.§ for values from (0) to (9);"
        "create index on public.§ (a);"
    ),
    "an enum value alone": "create type public.§ as enum ('a'); alter type public.§ add value 'b';",
}
_STATEMENTS = {
    "set and show": "set search_path = public, extensions; show search_path; reset all;",
    "set role": f"set role postgres; {_FILLED} reset role;",
    "a setting that stays in its file": "set standard_conforming_strings = on; set client_min_messages = warning;",
    "explain": "explain select 1; explain (costs off) select 2;",
    "copy to nowhere but a table": f"{_FILLED}create table public.§_copy as table public.§;",
    "values": "values (1), (2); table pg_catalog.pg_am;",
    "with": (
        f"{_FILLED}with gone as (delete from public.§ where a = 1 "
        "returning *) insert into public.§ select 10, b from gone;"
    ),
    "merge": (
        f"{_FILLED}merge into public.§ t using (values (1, 'new'), (7, 'more')) s (a, b) on t.a = s.a"
        " when matched then update set b = s.b when not matched then insert values (s.a, s.b);"
    ),
    "a temporary table": "create temporary table §_x (a int) on commit drop; insert into §_x values (1);",
    "listen and notify": "listen §_x; notify §_x, 'a;b'; unlisten *;",
    "a trigger": (
        f"{_TABLE}create function public.§_f() returns trigger language plpgsql as $$ begin new.b := 'by;'; return new; end $$;"
        "create trigger §_t before insert on public.§ for each row execute function public.§_f();"
        "insert into public.§ values (1, 'x');"
    ),
    "policies and grants": (
        f"{_TABLE}alter table public.§ enable row level security;"
        'create policy "own; rows" on public.§ for select to authenticated using (b = (select auth.uid()::text));'
        "grant select on public.§ to anon, authenticated; revoke all on public.§ from anon;"
    ),
    "a view": f"{_FILLED}create view public.§_v with (security_invoker = true) as select a, ';' as semi from public.§;",
    "comments on objects": f"{_TABLE}comment on table public.§ is 'a;''b'; comment on column public.§.a is E'c\\';d';",
    "an identity column": (
        "create table public.§ (id bigint generated always as identity, t text); insert into public.§ (t) values ('x');"
    ),
    "a schema with elements": "create schema §_s create table t (a int) create view v as select a from t;",
    "json paths": (
        "select '{\"a;\": 1}'::jsonb -> 'a;', '{\"a\": [1]}'::jsonb "
        "#> '{a,0}', jsonb_path_query('[1]', '$[*] ? (@ > 0)');"
    ),
    "psql meta-commands in a comment": "-- \\restrict abc\n/* \\i file.sql */ select 1;",
    "a backslash in a dollar string": "select $$\\;$$, '\\.'; select 2;",
    "a regular expression": "select 'a;b' ~ '^[a-z];[a-z]$', regexp_replace('x''y', '''', '', 'g'); select 2;",
    "a semicolon in a default": (
        "create table public.§ (a text default ';', b text default E'\\';'); insert into public.§ default values;"
    ),
    "a generated column": (
        "create table public.§ (a int, b text generated always as (a || ';') stored); insert into public.§ values (1);"
    ),
    "a plpgsql function with case and loop": (
        "create function public.§(n int) returns text language plpgsql as $fn$\n"
        "declare r text := ''; begin\n for i in 1..n loop r := r || case when i % 2 = 0 then ';' else '''' end; "
        "end loop;\n"
        " return r; end;\n$fn$;\nselect public.§(3);"
    ),
}
# Bytes that are not UTF-8 are written as surrogates (PEP 383).
_NOT_UTF8 = {
    "Latin-1 in a comment": "-- caf\udce9\n" + _FILLED,
    "Latin-1 in a string": _TABLE + "insert into public.§ values (1, 'caf\udce9;'); select 2;",
    "UTF-8 that is cut off": _FILLED + "-- \udce2\udc82",
    "half of a pair": _TABLE + "insert into public.§ values (1, '\udced\udca0\udc80'); select 1;",
}
_MORE = {
    "quotes that stay open in a comment": ("/* don't \" $a$ */ select 1; select 2;"),
    "dollar tags in comments": ("-- $$ \nselect 1; select 2; -- $$"),
    "an E string that ends in a backslash": (_TABLE + "insert into public.§ values (1, E'\\\\'); select 2;"),
    "an E string with codes": (_TABLE + "insert into public.§ values (1, E'\\u0041\\x41\\101;'); select 2;"),
    "a unicode string with an escape of its own": (
        _TABLE + "insert into public.§ values (1, U&'d!0061t!+000061;' UESCAPE '!'); select 2;"
    ),
    "a unicode string with a quote": (_TABLE + "insert into public.§ values (1, U&'\\0027;'); select 2;"),
    "a quoted name on two lines": ('create table public."§\n;" (a int); select 1;'),
    "an E string behind an operator": (_FILLED + "select 'a'||E'\\';'; select 2;"),
    "an E string in brackets": ("select (E'\\';'); select 2;"),
    "strings of bits with a backslash": ("select b'1', x'ff', n'\\'; select 2;"),
    "dollars behind letters of other languages": ("create table public.é§$x$ (a int); select 1; select 2 as a$x$;"),
    "a dollar and a digit in a name": ("select 1 as a$1; select 2 as b$1;"),
    "parameters and a string": (
        _FILLED + "prepare §q as select $1::text || $2::text; execute §q('a;', 'b'); deallocate §q;"
    ),
    "a tag in other writing": ("do $数据$ begin perform ';'; end $数据$; select 2;"),
    "a tag of an emoji": ("do $😀$ begin perform ';'; end $😀$; select 2;"),
    "a tag with a combining accent": ("do $e\u0301$ begin perform ';'; end $e\u0301$; select 2;"),
    "a tag with a no-break space": ("do $a\xa0b$ begin perform ';'; end $a\xa0b$; select 2;"),
    "a block comment in a line comment": ("-- /*\nselect 1; -- */\nselect 2;"),
    "a line separator in a comment": ("-- a\u2028 select 1; select 2;\nselect 3;"),
    "a next line in a comment": ("-- a\u0085 select 1; select 2;\nselect 3;"),
    "a comment behind an operator": ("select 1 */* c; */ 2; select 2;"),
    "comments in begin and commit": ("begin/* x */; " + _FILLED + "commit/* y */;"),
    "line comments in begin and commit": ("begin -- x\n; " + _FILLED + "commit -- y\n;"),
    "begin atomic with case and else in case": (
        "create function public.§() returns int language sql begin "
        "atomic select case when true then case when false then 1 else 2 end end as x; end; select public.§();"
    ),
    "begin atomic with a comment behind end": (
        "create function public.§() returns int language sql begin atomic select 1; end /* c; */; select 2;"
    ),
    "begin atomic with lines behind end": (
        "create function public.§() returns int language sql begin atomic select 1; end\n\n;\nselect 2;"
    ),
    "begin atomic with a dollar string": (
        "create function public.§() returns text language sql begin atomic select $$end;$$; end; select 2;"
    ),
    "begin atomic with an update with case": (
        _TABLE + "create function public.§_f() returns void language sql "
        "begin atomic update public.§ set a = case when a > 1 then 2 else 3 end; delete from public.§; end; "
        "select public.§_f();"
    ),
    "begin atomic with a query named end": (
        _TABLE + "create function public.§_f() returns int language sql "
        'begin atomic with e as (select 1 as "end") select * from e; end; select public.§_f();'
    ),
    "begin atomic with columns that begin with end": (
        "create table public.§ (end_at int, start_end int); "
        "create function public.§_f() returns int language sql begin atomic select end_at from public.§; select "
        "start_end from public.§; end; select 2;"
    ),
    "begin atomic with case in brackets": (
        "create function public.§() returns int language sql begin atomic "
        "select (case when (true) then (case when true then 1 end) end); select 1; end; select 2;"
    ),
    "begin atomic in lines of Windows": (
        "create function public.§() returns int language sql begin atomic\r\n select 1;\r\nend;\r\nselect 2;\r\n"
    ),
    "begin atomic that ends the file": (
        "create function public.§() returns int language sql begin atomic select 1; end"
    ),
    "copy to the client": (_FILLED + "copy public.§ to stdout; insert into public.§ values (9, 'x');"),
    "copy of many rows to the client": (
        "copy (select repeat('x', 1000) from generate_series(1, 5000)) to stdout; select 2;"
    ),
    "copy to the client in a transaction": ("begin; " + _FILLED + "copy public.§ to stdout; commit;"),
    "copy to the client behind the directive": (
        "-- pg-delta: transaction=false\n" + _FILLED + "copy public.§ to stdout; select 2;"
    ),
    "the word copy in a string": (_FILLED + "insert into public.§ values (9, 'copy x from stdin;'); select 2;"),
    "rollback and chain": ("begin; " + _FILLED + "rollback and chain; select 1; commit;"),
    "begin twice": ("begin; begin; " + _FILLED + " commit; commit;"),
    "session characteristics": ("set session characteristics as transaction read only; select 1;"),
    "set local": ("set local lock_timeout = '4s'; " + _FILLED),
    "what pg_dump begins with": (
        "select pg_catalog.set_config('search_path', '', false);\nSET check_function_bodies = false;\n" + _FILLED
    ),
    "a procedure that commits, called in a block": (
        _FILLED + "create procedure public.§_p() language plpgsql "
        "as $$ begin insert into public.§ values (7, 'x'); commit; insert into public.§ values (8, 'y'); "
        "rollback; end $$; do $$ begin call public.§_p(); end $$; select 1;"
    ),
    "an enum value that is used behind commit": (
        "alter type public.mood add value '§'; commit; create table "
        "public.§ (m public.mood); insert into public.§ values ('§');"
    ),
    "an enum value behind the directive": (
        "-- pg-delta: transaction=false\nalter type public.mood add value "
        "'§'; create table public.§ (m public.mood default '§');"
    ),
    "an enum value that is used behind vacuum": (
        "alter type public.mood add value '§'; vacuum public.ground; create table public.§ (m public.mood default '§');"
    ),
    "an enum value that is there": (
        "alter type public.mood add value if not exists '§'; alter type public.mood add value if not exists '§';"
    ),
    "an enum value that is renamed": (
        "create type public.§ as enum ('a'); alter type public.§ rename value 'a' to 'b'; select 'b'::public.§;"
    ),
    "discard plans": (_FILLED + "discard plans; discard temp; discard sequences;"),
    "a prepared statement that stays": (_FILLED + "prepare §pp as select 1;"),
    "deallocate all": (_FILLED + "deallocate all;"),
    "deallocate all in a transaction": ("begin; " + _FILLED + "deallocate all; commit;"),
    "an advisory lock": (_FILLED + "select pg_advisory_lock(42); select pg_advisory_unlock(42);"),
    "a cursor with hold": (_FILLED + "declare §c cursor with hold for select 1;"),
    "session authorization": ("set session authorization postgres; " + _FILLED),
    "another client encoding": ("set client_encoding = 'LATIN1'; " + _TABLE + "insert into public.§ values (1, 'é');"),
    "a search path that stays": ("set search_path = pg_catalog; select 1;"),
    "timeouts of the session": ("set idle_in_transaction_session_timeout = '5s'; " + _FILLED),
    "a temporary table in a divided file": (
        _FILLED + "create temp table §_x (a int); vacuum public.§; insert into public.§ select 5 from §_x;"
    ),
    "many rows of a result": ("select * from generate_series(1, 20000); select 1;"),
    "read-only by default": (_FILLED + "set default_transaction_read_only = on;"),
    "two byte order marks": ("\ufeff\ufeff" + _FILLED),
    "a byte order mark and lines of Windows": ("\ufeff" + _FILLED.replace("\n", "\r\n") + "select 1;\r\n"),
    "a name with a joiner": ('create table public."§\u200d" (a int);'),
    "characters at the end of Unicode": (_TABLE + "insert into public.§ values (1, '\uffff;\U0010ffff');"),
    "thousands of statements": (_TABLE + "".join(f"insert into public.§ values ({n}, 'a;b');" for n in range(3000))),
    "hundreds of brackets": ("select " + "(" * 300 + "1" + ")" * 300 + "; select 2;"),
    "hundreds of nested comments": ("/*" * 200 + "*/" * 200 + " select 1; select 2;"),
    "vacuum full": (_FILLED + "vacuum full public.§; select 1;"),
    "reindex schema concurrently": (
        _FILLED + "create index on public.§ (a); reindex schema concurrently public; select 1;"
    ),
    "cluster of all tables": (_FILLED + "cluster;"),
    "a schema with a grant": ("create schema §_s create table t (a int) grant select on t to anon;"),
}
RUNS = {
    **_QUOTES,
    **_DOLLARS,
    **_COMMENTS,
    **_ATOMIC,
    **_BRACKETS,
    **_EMPTY,
    **_CHARACTERS,
    **_TRANSACTIONS,
    **_ALONE,
    **_STATEMENTS,
    **_NOT_UTF8,
    **_MORE,
}
_FAILS_MORE = {
    "a nested comment that does not end": (_FILLED + "/* a /* b */ select 1; select 2;"),
    "copy to the client that fails": (_FILLED + "copy (select 1 / (a - 2) from public.§) to stdout; select 2;"),
    "copy to the client that fails behind the directive": (
        "-- pg-delta: transaction=false\n" + _FILLED + "copy (select 1 / (a - 2) from public.§) to stdout; select 2;"
    ),
    "copy from the client in a file with transactions": (
        "begin; commit; " + _FILLED + "copy public.§ from stdin; select 1;"
    ),
    "a comment between create and index concurrently": (
        _FILLED + "create /* c */ index concurrently §_i on public.§ (a);"
    ),
    "concurrently in an executed text": (
        _FILLED + "do $$ begin execute 'create index concurrently §_i on public.§ (a)'; end $$; select 1;"
    ),
    "create database": (_FILLED + "create database §_db;"),
    "an error behind a block that commits": (
        _FILLED + "do $$ begin insert into public.§ values (7, 'x'); commit; end $$; select 1/0;"
    ),
    "discard all": (_FILLED + "discard all;"),
    "a role without rights": ("set role anon; " + _FILLED),
    "a quoted name that does not end": (_FILLED + 'select "abc; select 2;'),
    "UTF-16": "s\0e\0l\0e\0c\0t\0 \0001\0;\0",
}
FAILS = {
    **_FAILS_MORE,
    "a byte order mark in a statement": f"{_FILLED}select\ufeff 1;",
    "a rule with two actions": (
        f"{_TABLE}create table public.§_log (a int);\n"
        "create rule r as on insert to public.§ do also (insert into public.§_log values (new.a);"
        " insert into public.§_log values (new.a + 1)); insert into public.§ values (1, 'x');"
    ),
    "savepoints": f"{_FILLED}savepoint s; insert into public.§ values (9, 'x'); release savepoint s;",
    "rollback to a savepoint": (
        f"{_FILLED}savepoint s; insert into public.§ values (9, 'x'); rollback to savepoint s; select 1;"
    ),
    "lock and advisory lock": f"{_TABLE}lock table public.§; select pg_advisory_xact_lock(1);",
    "a cursor": "declare §_c cursor for select 1; fetch all from §_c; close §_c;",
    "a body that is part of a name": "create function public.§() returns int language sql as$$select 1;$$;select 2;",
    "a string that does not end": f"{_FILLED}select 'unfinished; select 2;",
    "a comment that does not end": f"{_FILLED}select 1; /* unfinished; select 2;",
    "a body that does not end": f"{_FILLED}do $$ begin perform 1; end; select 2;",
    "a semicolon behind the first closing bracket": f"{_FILLED}select ((1); 2);",
    "\\restrict": f"\\restrict abc\n{_FILLED}\\unrestrict abc\n",
    "\\i": f"{_FILLED}\\i other.sql\n",
    "\\connect at the end": f"{_FILLED}\\connect postgres",
    "copy from the client": f"{_FILLED}copy public.§ from stdin;\n1\ta\n\\.\n",
    "copy from a file": f"{_FILLED}copy public.§ from '/nowhere';",
    "a NUL": f"{_FILLED}insert into public.§ values (1, 'a\0b');",
    "an error in a divided file": f"{_FILLED}vacuum public.§; select 1/0;",
    "an error before a divided part": f"{_FILLED}select 1/0; vacuum public.§;",
    "an error behind commit": f"{_FILLED}commit; select 1/0;",
    "an error in an open transaction": f"begin; {_FILLED} select 1/0; commit;",
    "an error behind the directive": f"-- pg-delta: transaction=false\n{_FILLED}select 1/0;",
    "an index that cannot be made": (
        f"{_FILLED}insert into public.§ values (1, 'again'); create unique index concurrently §_i on public.§ (a);"
    ),
    "concurrently in a transaction": f"begin; {_FILLED} create index concurrently §_i on public.§ (a); commit;",
    "vacuum in a transaction": f"begin; {_FILLED} vacuum public.§; commit;",
    "an enum value that is used": "alter type public.mood add value '§'; create table public.§ (m public.mood default '§');",
    "a deferred constraint that fails": (
        f"{_TABLE}create table public.§_u (a int unique deferrable initially deferred); insert into public.§_u values (1), (1);"
    ),
    "reindex of a schema": f"{_FILLED}reindex schema public;",
    "detach concurrently": (
        "create table public.§ (a int) partition by range (a);"
        "create table public.§_1 partition of public.§ for values from (0) to (9);"
        "alter table public.§ detach partition public.§_1 concurrently;"
    ),
    "alter system": f"{_FILLED}alter system set work_mem = '5MB';",
    "a procedure that commits in a transaction": (f"begin; {_FILLED} do $$ begin commit; end $$; commit;"),
}
# Text, whether 2.x applies it, whether 3.x does.
DIFFERS = {
    "overlapping comment marks": ("select 1; /*/ tricky; */ select 2;", False, True),
    "overlapping marks in a nested comment": ("/* /* */* */ select 1; -- */\n select 2;", False, True),
    "a nested comment before vacuum": (f"{_FILLED}/* a /* b */ c */ vacuum public.§;", False, True),
    "a comment that ends at a carriage return before vacuum": (f"{_FILLED}-- a\rvacuum public.§;", False, True),
    "a nested comment that seems to end before commit": (f"{_FILLED}/* a /* b */ commit */ select 1;", True, True),
}
# Files in order that only together end as the CLI says: what is open at the end of a push is rolled back.
OPEN = {
    "a transaction that stays open": [f"{_FILLED}commit; begin;", "select 1;"],
    "a transaction that the next file ends": [f"begin; {_FILLED}", "insert into public.t0 values (9, 'x'); commit;"],
}
