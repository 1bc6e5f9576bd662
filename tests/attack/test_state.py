"""What is kept is ours: a folder that others control is refused, a lock says who holds it, a full disk is no bug."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support import local, strangers
from support.local import Place
from support.strangers import needs_root

from supabase_tasks import locking, ownership, peer, state_dir
from supabase_tasks.errors import GuardError, TaskError
from supabase_tasks.guard import checkout_lock, journal
from supabase_tasks.postgres import account, signing, tree
from supabase_tasks.preload import client, wire
from supabase_tasks.settings import Settings

STRANGER = strangers.USERS[1]


@pytest.fixture
def ground() -> Iterator[Path]:
    """A folder that every user reaches; pytest's own are closed."""
    folder = Path(tempfile.mkdtemp(prefix="st-state-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def settings(ground: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv(state_dir.ROOT_VARIABLE, str(ground / "state"))
    return Settings(
        root=ground, project="p", supabase=ground / "supabase", migrations=ground / "supabase" / "migrations"
    )


def made(path: Path, mode: int, owner: int | None = None, group: int | None = None) -> Path:
    path.mkdir(parents=True)
    os.chown(path, -1 if owner is None else owner, -1 if group is None else group)
    path.chmod(mode)
    return path


def _theirs(ground: Path) -> Path:
    return made(ground / "theirs", 0o755, STRANGER)


def _below_theirs(ground: Path) -> Path:
    return _theirs(ground) / "state"


def _open(ground: Path) -> Path:
    return made(ground / "open", 0o777)


def _sticky(ground: Path) -> Path:
    return made(ground / "sticky", 0o1777)


def _below_open(ground: Path) -> Path:
    return _open(ground) / "state"


def _of_a_group(ground: Path) -> Path:
    return made(ground / "grouped", 0o770, group=STRANGER)


def _link_in_open(ground: Path) -> Path:
    (ground / "real").mkdir(mode=0o700)
    link = _open(ground) / "link"
    link.symlink_to(ground / "real")
    return link / "state"


def _their_link_in_sticky(ground: Path) -> Path:
    (ground / "real").mkdir(mode=0o700)
    link = _sticky(ground) / "link"
    link.symlink_to(ground / "real")
    os.lchown(link, STRANGER, -1)
    return link


def _link_to_theirs(ground: Path) -> Path:
    (ground / "link").symlink_to(_theirs(ground))
    return ground / "link" / "state"


@needs_root
@pytest.mark.parametrize(
    "place",
    [
        _theirs,
        _below_theirs,
        _open,
        _sticky,
        _below_open,
        _of_a_group,
        _link_in_open,
        _their_link_in_sticky,
        _link_to_theirs,
    ],
)
def test_a_state_folder_that_others_control_is_refused(
    ground: Path, place: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(state_dir.ROOT_VARIABLE, str(place(ground)))
    with pytest.raises(TaskError) as caught:
        state_dir.state_root()
    assert caught.value.code == "state-unsafe"
    assert "\n" not in caught.value.message
    assert state_dir.ROOT_VARIABLE in (caught.value.next_step or "")


def test_a_folder_of_ours_below_a_sticky_one_or_behind_a_link_of_ours_is_fine(ground: Path) -> None:
    sticky = _sticky(ground)
    (sticky / "state").mkdir(mode=0o700)
    (ground / "link").symlink_to("sticky/state")
    assert ownership.intrusion(ground / "link") is None
    assert ownership.intrusion(ground / "link" / ".." / "state" / "not" / "yet") is None


@needs_root
def test_a_program_in_a_folder_that_others_can_write_is_not_run(settings: Settings) -> None:
    folder = tree.make_folder(tree.private_root() / "installations") / "17-key"
    made(folder / "bin", 0o777)
    (folder / tree._RECORD).write_text('{"bin": "bin", "version": "17.0", "standins": "", "source": ""}')
    with pytest.raises(TaskError) as caught:
        tree._read(folder, "key")
    assert caught.value.code == "state-unsafe"


@needs_root
def test_a_helper_of_another_user_gets_nothing(ground: Path) -> None:
    theirs, ours = made(ground / "theirs", 0o700, STRANGER), made(ground / "ours", 0o700)
    with socket.socket(socket.AF_UNIX) as listener:
        told, tell = os.pipe()
        path = theirs / "helper"
        child = os.fork()
        if child == 0:
            strangers.become(STRANGER)
            listener.bind(str(path))
            listener.listen(1)
            os.write(tell, b"!")
            accepted, _ = listener.accept()
            os._exit(1 if accepted.recv(1) else 0)
        os.read(told, 1)
        with pytest.raises(PermissionError), client._connect(path):
            pass
        # Even where root moved it into a folder of ours.
        path.rename(ours / "helper")
        with pytest.raises(PermissionError, match="another user listens"), client._connect(ours / "helper"):
            pass
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_the_key_of_a_cluster_is_not_read_through_a_link_nor_from_a_pipe(tmp_path: Path) -> None:
    """Under root its folder belongs to another user, who may put there what it likes."""
    (tmp_path / "secret").write_bytes(b"secret of ours")
    (tmp_path / "supabase-tasks.key").symlink_to("secret")
    with pytest.raises(OSError, match="symbolic links"):
        signing.key_of(tmp_path)
    (tmp_path / "supabase-tasks.key").unlink()
    os.mkfifo(tmp_path / "supabase-tasks.key")
    with pytest.raises(OSError, match="no key"):
        signing.key_of(tmp_path)


@needs_root
def test_what_is_given_to_the_user_of_the_server_is_never_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "ours").touch()
    (tmp_path / "link").symlink_to("ours")
    account.give(tmp_path / "link")
    assert (tmp_path / "ours").stat().st_uid == os.geteuid()


def test_a_folder_of_helpers_that_others_may_enter_is_refused(ground: Path) -> None:
    with pytest.raises(PermissionError):
        wire.open_folder(made(ground / "loose", 0o750))
    (ground / "link").symlink_to(made(ground / "closed", 0o700))
    with pytest.raises(OSError, match="link"):
        wire.open_folder(ground / "link")
    os.close(wire.open_folder(ground / "closed"))


def test_the_user_of_a_peer_is_known() -> None:
    one, other = socket.socketpair()
    with one, other:
        assert peer.uid(one) == os.geteuid()


def test_lock_and_journal_are_for_their_user_only_also_those_of_earlier_versions(settings: Settings) -> None:
    path = journal.path(settings)
    path.parent.mkdir(parents=True)
    before = os.umask(0)
    try:
        path.touch(mode=0o644)
        lock = path.parent / "generate.lock"
        lock.touch(mode=0o644)
        journal.write(settings, "begun")
        with locking.hold_lock(lock), checkout_lock.acquire(settings):
            pass
    finally:
        os.umask(before)
    modes = {one.name: one.stat().st_mode & 0o777 for one in path.parent.iterdir()}
    assert modes == {"hosted-changes.jsonl": 0o600, "generate.lock": 0o600, "hosted.lock": 0o600}
    assert path.parent.stat().st_mode & 0o077 == 0


HOLD = (
    "import sys, time; from pathlib import Path; from supabase_tasks.locking import hold_lock\n"
    "with hold_lock(Path(sys.argv[1])):\n    print('held', flush=True); sys.stdin.read()\n"
)


@contextmanager
def held(path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLD, str(path)]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    try:
        yield holder
    finally:
        holder.kill()
        holder.communicate()


def waiting(path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLD, str(path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, text=True, **pipes)


def test_a_wait_is_said_once_with_the_process_that_holds_the_lock(tmp_path: Path) -> None:
    with held(tmp_path / "lock") as holder:
        os.kill(holder.pid, signal.SIGSTOP)
        waiter = waiting(tmp_path / "lock")
        assert waiter.stderr is not None
        line = waiter.stderr.readline()
        assert f"waiting for process {holder.pid} (" in line
        assert f"it is stopped: kill -CONT {holder.pid}" in line
        os.kill(holder.pid, signal.SIGCONT)
    out, err = waiter.communicate("", timeout=60)
    assert (waiter.returncode, out, err) == (0, "held\n", "")


def test_ctrl_c_ends_the_wait(tmp_path: Path) -> None:
    with held(tmp_path / "lock"):
        waiter = waiting(tmp_path / "lock")
        assert waiter.stderr is not None
        waiter.stderr.readline()
        waiter.send_signal(signal.SIGINT)
        _, err = waiter.communicate(timeout=60)
        assert "KeyboardInterrupt" in err
        assert waiter.returncode != 0


def test_a_holder_is_named_though_its_parent_took_the_lock(settings: Settings) -> None:
    with checkout_lock.acquire(settings) as mine, mine.inherited_by_children():
        orphan = subprocess.Popen(["sleep", "30"], pass_fds=(mine.descriptor,))
    try:
        with pytest.raises(GuardError) as caught, checkout_lock.acquire(settings):
            pass
        # The kernel remembers who took it, not who has it now.
        assert re.match(rf"process ({orphan.pid}|{os.getpid()}) ", caught.value.cause or "")
    finally:
        orphan.kill()
        orphan.wait()


@contextmanager
def small_disk(folder: Path, options: str) -> Iterator[Path]:
    folder.mkdir(mode=0o700)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"mode=755,{options}", "tmpfs", str(folder)], check=False)
    if done.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with local.running() as place:
        yield place


@needs_root
@pytest.mark.parametrize("options", ["size=4m", "size=28m", "size=60m", "nr_inodes=300", "nr_inodes=3000"])
def test_a_full_disk_is_an_expected_failure(place: Place, ground: Path, options: str) -> None:
    with small_disk(ground / "small", options) as disk:
        state = {state_dir.ROOT_VARIABLE: str(disk / "state")}
        ran = place.inv("supabase-db-reset", "--json", env=state)
        place.inv("supabase-stop", env=state)
    assert ran.code == 1, ran.stdout + ran.stderr
    assert ran.error["code"] == "state-unwritable", ran.error
    assert "\n" not in ran.error["message"]
    assert "this is a bug" not in ran.stderr
