"""The Supabase CLI runs nothing that lies in the project's folder: it is a Bun program, and Bun looks around when it starts."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import clis

from supabase_tasks.cli import LOCAL, SupabaseCli
from supabase_tasks.cli.find import Binary
from supabase_tasks.errors import CliError

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("both_clis")]


@pytest.mark.parametrize("major", ["2", "3"])
def test_what_bun_would_load_from_the_project_is_not_run(tmp_path: Path, major: str) -> None:
    mark = tmp_path / "ran"
    (tmp_path / "supabase").mkdir()
    (tmp_path / "supabase" / "config.toml").write_text('project_id = "x"\n[db]\nport = 9\n')
    (tmp_path / "ours.ts").write_text(f'require("fs").writeFileSync("{mark}", "x")\n')
    for name in ("bunfig.toml", ".bunfig.toml", "supabase/bunfig.toml"):
        (tmp_path / name).write_text(f'preload = ["{tmp_path}/ours.ts"]\n')
    binary = Binary(clis.path(major), (int(major), 122, 1), "test")
    with pytest.raises(CliError):
        SupabaseCli(binary, tmp_path).migrations(LOCAL)
    assert not mark.exists()
