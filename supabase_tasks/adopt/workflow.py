"""The CI job of an adopting repository: Python and Node only, no Docker."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import indent

from supabase_tasks.adopt.changes import Advice, Change, propose, relative
from supabase_tasks.adopt.surroundings import Surroundings

# The actions' current majors (autumn 2026).
_GITHUB = """# Written by `supabase-tasks init`; yours to change.
name: Database

on:
  pull_request:
  push:
    branches: [main, master]

permissions:
  contents: read
  pull-requests: write # the comment with the review

jobs:
  migrations:
    runs-on: ubuntu-latest
{folder}    steps:
      - uses: actions/checkout@v5
        with:
          fetch-depth: 0 # migrations-check compares with the default branch
{environment}      - uses: actions/setup-node@v5
        with:
          node-version: "22"
{steps}      - run: {prefix}inv schema-generate --dry-run --summary markdown > "$RUNNER_TEMP/review.md"
      - run: cat "$RUNNER_TEMP/review.md" >> "$GITHUB_STEP_SUMMARY"
      - name: the review as a comment
        if: github.event_name == 'pull_request'
        continue-on-error: true # a pull request from a fork may not comment
        env:
          GH_TOKEN: ${{{{ github.token }}}}
          NUMBER: ${{{{ github.event.pull_request.number }}}}
        shell: python
        run: |
{comment}"""
# Python, which every runner has, and nothing of the project (https://docs.github.com/en/rest/issues/comments).
_COMMENT = """\
import json, os
from urllib.request import Request, urlopen

# Its own comment is found by its first line: the last one may be another workflow's.
MARK = "<!-- supabase-tasks: review -->"
ISSUES = "{GITHUB_API_URL}/repos/{GITHUB_REPOSITORY}/issues".format_map(os.environ)
COMMENTS = f"{ISSUES}/{os.environ['NUMBER']}/comments"

def ask(method, url, body=None):
    headers = {"Authorization": f"Bearer {os.environ['GH_TOKEN']}", "Accept": "application/vnd.github+json"}
    data = json.dumps(body).encode() if body else None
    with urlopen(Request(url, data, headers, method=method)) as answer:
        return json.load(answer)

def comments():
    for page in range(1, 101):
        found = ask("GET", f"{COMMENTS}?per_page=100&page={page}")
        yield from found
        if len(found) < 100:
            return

own = [one["id"] for one in comments() if one["user"]["type"] == "Bot" and one["body"].startswith(MARK)]
with open(os.path.join(os.environ["RUNNER_TEMP"], "review.md"), encoding="utf-8") as review:
    body = {"body": f"{MARK}\\n{review.read()}"}
ask("PATCH", f"{ISSUES}/comments/{own[-1]}", body) if own else ask("POST", COMMENTS, body)
"""
_GITLAB = """database:
  image: nikolaik/python-nodejs:python{python}-nodejs22
  variables:
    GIT_DEPTH: "0"
  script:
{steps}"""
_PYTHON = """      - uses: actions/setup-python@v6
        with:
          python-version: "{python}"
"""
# The managers that bring Python as well: their own actions. On PyPI, `pixi` and `rye` are other programs.
_ACTIONS = {
    "uv": """      - uses: astral-sh/setup-uv@v7
        with:
          python-version: "{python}"
""",
    # https://github.com/prefix-dev/setup-pixi: the exact version, as its inputs may change with the second number.
    "pixi": """      - uses: prefix-dev/setup-pixi@v0.10.2
        with:
          run-install: false
""",
    "rye": "      - uses: eifinger/setup-rye@v4\n",
}
# The same where there are no actions: the installers that their documentation gives.
_INSTALLERS = {
    "uv": ("pip install uv",),
    "pixi": ("curl -fsSL https://pixi.sh/install.sh | bash", 'export PATH="$HOME/.pixi/bin:$PATH"'),
    "rye": (
        'curl -sSf https://rye.astral.sh/get | RYE_INSTALL_OPTION="--yes" bash',
        'export PATH="$HOME/.rye/shims:$PATH"',
    ),
}
CHECKS = ("migrations-check", "migrations-lint --changed", "schema-check", "supabase-db-reset")


def change(around: Surroundings) -> Change | Advice | None:
    """The workflow file for GitHub, the job to add for GitLab, nothing elsewhere or when it exists."""
    if around.ci == "gitlab":
        folder = [] if around.root == around.repository else [f"cd {relative(around.root, around.repository)}"]
        steps = "".join(f"    - {step}\n" for step in [*folder, *_steps(around)])
        return Advice("Add the job to .gitlab-ci.yml", _GITLAB.format(python=around.python_version, steps=steps))
    path = around.repository / ".github" / "workflows" / "database.yml"
    if around.ci == "none" or path.exists():
        return None
    text = _GITHUB.format(
        folder=_working_directory(around),
        environment=_ACTIONS.get(around.python.name, _PYTHON).format(python=around.python_version),
        steps="".join(f"      - run: {step}\n" for step in _steps(around)),
        prefix=around.python.prefix,
        comment=indent(_COMMENT, " " * 10),
    )
    return propose(path, text, "the checks in CI")


def _working_directory(around: Surroundings) -> str:
    if around.root == around.repository:
        return ""
    folder = relative(around.root, around.repository)
    return f"    defaults:\n      run:\n        working-directory: {folder}\n"


def _steps(around: Surroundings) -> Iterator[str]:
    if around.ci == "gitlab":
        yield from _INSTALLERS.get(around.python.name, ())
    yield from around.python.install
    yield from (f"{around.python.prefix}inv {check}" for check in CHECKS)
