"""What git knows of the migrations: the default branch, where this branch left it, and what changed since."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from supabase_tasks import child_environment, command_line, did_you_mean
from supabase_tasks.errors import MigrationError
from supabase_tasks.process import CompletedProgram, find, run

# Where a CI run of a merge request says which branch it goes to: GitHub Actions, GitLab CI, Bitbucket, Azure.
_TARGET_VARIABLES = (
    "GITHUB_BASE_REF",
    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
    "BITBUCKET_PR_DESTINATION_BRANCH",
    "SYSTEM_PULLREQUEST_TARGETBRANCHNAME",
    "CI_DEFAULT_BRANCH",
)
_SHA1_DIGITS = 40
_USUAL_NAMES = ("main", "master", "trunk", "develop")


@dataclass(frozen=True, slots=True)
class Base:
    """The branch that counts: its name for people, its newest commit, and the commit where HEAD left it."""

    name: str
    tip: str
    fork: str


@dataclass(frozen=True, slots=True)
class Head:
    """The commit that is checked out: its short name, author and day; `branch` is empty where none is checked out."""

    branch: str
    commit: str
    author: str
    date: str


@dataclass(frozen=True, slots=True)
class _Ref:
    commit: str
    target: str


@dataclass(frozen=True, slots=True)
class Repository:
    """A git work tree. Paths given to its methods are absolute; file names returned are relative to the folder asked
    about. `variables` say which repository is meant, whatever the environment says (None: not set)."""

    program: str
    root: Path
    variables: Mapping[str, str | None] = field(default_factory=dict)

    def base(self, against: str | None = None) -> Base | None:
        """The default branch (or the ref `against`) as this clone knows it; None when there is none to compare with.

        Looks at the variables of a CI run, the remote's HEAD, then the usual names, remote before local. Raises
        `MigrationError` when `against` names no commit.
        """
        if against:
            return Base(against, tip := self._commit(against), self._fork(tip))
        refs = self._refs()
        chosen = next((ref for ref in self._candidates(refs) if ref in refs), None)
        return Base(_plain(chosen), refs[chosen].commit, self._fork(refs[chosen].commit)) if chosen else None

    def head(self) -> Head | None:
        """The commit that is checked out, or None in a repository without one."""
        fields = self._output("log", "-1", "--no-show-signature", "--format=%h%x00%an%x00%cs").split("\0")
        return Head(self._output("branch", "--show-current"), *fields) if len(fields) == 3 else None

    def _refs(self) -> Mapping[str, _Ref]:
        listed = self._run("for-each-ref", "--format=%(refname) %(objectname) %(symref)", "refs/heads", "refs/remotes")
        fields = (line.split(" ") for line in listed.splitlines())
        return {name: _Ref(commit, target) for name, commit, target in fields}

    def _candidates(self, refs: Mapping[str, _Ref]) -> Iterator[str]:
        remotes = sorted({ref.split("/")[2] for ref in refs if ref.startswith("refs/remotes/")}, key=_origin_first)
        for name in _TARGET_VARIABLES:
            if branch := os.environ.get(name):
                yield from (f"refs/remotes/{remote}/{branch.removeprefix('refs/heads/')}" for remote in remotes)
        for remote in remotes:
            yield refs[head].target if (head := f"refs/remotes/{remote}/HEAD") in refs else ""
        yield from (f"refs/remotes/{remote}/{name}" for remote in remotes for name in _USUAL_NAMES)
        yield from (f"refs/heads/{name}" for name in _USUAL_NAMES)
        yield f"refs/heads/{self._output('config', 'init.defaultBranch')}"

    def files(self, commit: str, folder: Path) -> Mapping[str, str]:
        """Name → blob id of the files directly in `folder` at `commit`; empty when it did not exist."""
        where = self._inside(folder)
        entries = self._fields("ls-tree", "-z", commit, "--", f"{where}/" if where != "." else ".")
        parsed = (entry.split("\t", 1) for entry in entries)
        return {Path(path).name: meta.split()[2] for meta, path in parsed if meta.split()[1] == "blob"}

    def changed_files(self, commit: str, folder: Path) -> frozenset[str]:
        """Names of the files in `folder` that are in `commit` and have other content in the work tree or in the index, which
        is what the next commit takes (not deleted)."""
        return self._differing("M", commit, folder) | self._differing("M", "--cached", commit, folder)

    def removed_files(self, commit: str, folder: Path) -> frozenset[str]:
        """Names of the files in `folder` that are in `commit` and not in the index, though they may be in the work tree."""
        return self._differing("D", "--cached", commit, folder)

    def _differing(self, how: str, *compared: str | Path) -> frozenset[str]:
        *which, folder = compared
        shown = ("--name-only", f"--diff-filter={how}", "--no-renames", "-z", *map(str, which))
        return frozenset(Path(path).name for path in self._fields("diff", *shown, "--", self._inside(Path(folder))))

    def content(self, blob: str) -> str:
        """The text of a blob."""
        return self._run("cat-file", "blob", blob)

    def move(self, old: Path, new: Path) -> None:
        """Rename a file, in git's index too when git tracks it. Never replaces a file."""
        if new.exists():
            raise MigrationError(f"{new} already exists", cause="it is never overwritten", code="file-exists")
        tracked = self._git("ls-files", "--error-unmatch", "--", str(old), check=False)
        if tracked.code == 0:
            self._run("mv", "--", str(old), str(new))
        else:
            old.rename(new)

    def _fork(self, tip: str) -> str:
        return self._output("merge-base", "HEAD", tip) or tip

    def _commit(self, ref: str) -> str:
        commit = self._output("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
        if not commit:
            raise self._unknown(ref)
        return commit

    def _unknown(self, ref: str) -> MigrationError:
        if self._output("rev-parse", "--is-shallow-repository") == "true":
            cause, step = "a shallow clone holds only its newest commit", "git fetch --unshallow origin"
        else:
            known = [_plain(one) for one in self._refs()]
            cause = did_you_mean.hint(ref, known) or f"branches: {', '.join(known) or 'none'}"
            if not ref.strip("0"):
                cause = "zeros stand for no commit: before the first push of a branch there is none"
            step = command_line.chosen(ref, known, command_line.without("--against", ref, "inv migrations-check"))
        return MigrationError(f"{ref} is no commit in this clone", cause=cause, next_step=step, code="unknown-ref")

    def _output(self, *arguments: str) -> str:
        done = self._git(*arguments, check=False)
        return done.stdout.strip() if done.code == 0 else ""

    def _inside(self, folder: Path) -> str:
        return os.path.relpath(folder.resolve(), self.root)

    def _run(self, *arguments: str) -> str:
        return self._git(*arguments).stdout

    def _git(self, *arguments: str, check: bool = True) -> CompletedProgram:
        command = [self.program, "-C", str(self.root), *arguments]
        return run(command, keeps=child_environment.GIT, env=self.variables, check=check)

    def _fields(self, *arguments: str) -> list[str]:
        return [field for field in self._run(*arguments).split("\0") if field]


def _origin_first(remote: str) -> tuple[bool, str]:
    return (remote != "origin", remote)


def _plain(ref: str) -> str:
    return ref.removeprefix("refs/remotes/").removeprefix("refs/heads/")


def blob_id(data: bytes, *, like: str) -> str:
    """The id git gives to a file of that content, with the hash that the id `like` was made with (SHA-1 or SHA-256)."""
    kind = "sha1" if len(like) == _SHA1_DIGITS else "sha256"
    return hashlib.new(kind, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def repository(folder: Path) -> Repository | None:
    """The repository that `folder` (or its nearest existing parent) lies in; None outside of one or without git.

    Git tells its hooks by `GIT_DIR` which repository they are for, and takes the current folder for its work tree then
    (githooks(5), git(1)): from a linked worktree, a subfolder or a submodule that is another answer than the right one. So
    the folder itself is looked at first; the variables count where they mean the same repository (the index of the commit
    that is being made) or where nothing else is found (`git --git-dir=… --work-tree=…`).
    """
    program = find("git")
    start = next(path for path in (folder, *folder.parents) if path.is_dir())
    if program is None:
        return None
    found, meant = _place(program, start, _UNSET), _meant(program, start)
    if found is None:
        return meant
    if meant is not None and meant.variables["GIT_DIR"] == found[1]:
        return Repository(program, Path(found[0]), {**meant.variables, "GIT_WORK_TREE": found[0]})
    return Repository(program, Path(found[0]), _UNSET)


# What decides which repository, work tree and index git works on.
_UNSET: Mapping[str, str | None] = dict.fromkeys(
    ("GIT_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")
)


def _place(program: str, start: Path, variables: Mapping[str, str | None]) -> tuple[str, str] | None:
    """The work tree and the git folder, both absolute, that git finds from `start`."""
    command = [program, "-C", str(start), "rev-parse", "--show-toplevel", "--absolute-git-dir"]
    done = run(command, keeps=child_environment.GIT, env=variables, check=False)
    lines = done.stdout.splitlines()
    return (str(Path(lines[0]).resolve()), lines[1]) if done.code == 0 and len(lines) == 2 else None


def _meant(program: str, start: Path) -> Repository | None:
    """The repository that the environment names, when `start` lies in its work tree."""
    if not os.environ.get("GIT_DIR"):
        return None
    place = _place(program, Path.cwd(), {"GIT_PREFIX": None})
    if place is None or not start.resolve().is_relative_to(place[0]):
        return None
    # Git itself reads a relative path from the folder that it was started in.
    index = os.environ.get("GIT_INDEX_FILE")
    variables = {"GIT_DIR": place[1], "GIT_WORK_TREE": place[0], "GIT_PREFIX": None}
    return Repository(program, Path(place[0]), {**variables, "GIT_INDEX_FILE": index and str(Path.cwd() / index)})
