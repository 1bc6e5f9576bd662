"""The CI job of an adopting repository: Python and Node only, no Docker."""

from __future__ import annotations

from collections.abc import Iterator

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
        run: |
          # Its own comment is found by its first line: the last one may be another workflow's.
          mark='<!-- supabase-tasks: review -->'
          printf '%s\\n' "$mark" | cat - "$RUNNER_TEMP/review.md" > "$RUNNER_TEMP/comment.md"
          own=$(gh api --paginate "repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments" \\
            --jq ".[] | select(.user.type == \\"Bot\\" and (.body | startswith(\\"$mark\\"))) | .id" | tail -n 1)
          if [ -n "$own" ]; then
            gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$own" -F "body=@$RUNNER_TEMP/comment.md"
          else
            gh pr comment "$NUMBER" --body-file "$RUNNER_TEMP/comment.md"
          fi
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
# Brings Python as well.
_UV = """      - uses: astral-sh/setup-uv@v7
        with:
          python-version: "{python}"
"""
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
        environment=(_UV if around.python.uv_action else _PYTHON).format(python=around.python_version),
        steps="".join(f"      - run: {step}\n" for step in _steps(around)),
        prefix=around.python.prefix,
    )
    return propose(path, text, "the checks in CI")


def _working_directory(around: Surroundings) -> str:
    if around.root == around.repository:
        return ""
    folder = relative(around.root, around.repository)
    return f"    defaults:\n      run:\n        working-directory: {folder}\n"


def _steps(around: Surroundings) -> Iterator[str]:
    if around.ci == "gitlab" and around.python.uv_action:
        yield "pip install uv"
    yield from around.python.install
    yield from (f"{around.python.prefix}inv {check}" for check in CHECKS)
