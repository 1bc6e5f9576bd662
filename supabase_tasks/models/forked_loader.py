"""The models' import in a process of its own: a copy of this one that tells what the models say, and ends."""

from __future__ import annotations

import atexit
import marshal
import os
import pickle
import signal
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from typing import Any, NoReturn

from supabase_tasks import console
from supabase_tasks.errors import EXIT_INTERRUPTED, ModelsError, TaskError
from supabase_tasks.models import marshalling
from supabase_tasks.models.declaration import Statement
from supabase_tasks.models.inputs import Inputs
from supabase_tasks.models.summary import ModelSummary
from supabase_tasks.process import OUR_THREADS
from supabase_tasks.settings import Settings

_TOGETHER = 200
_GRACE_SECONDS = 2.0
_LOOK_SECONDS = 0.005
_DECLARED, _STATEMENTS, _END, _REFUSED, _BROKEN = b"D", b"S", b"E", b"R", b"B"
_LENGTH = 8
# prctl(2): the signal for when the thread that made this process ends, which is the caller's main one.
_PR_SET_PDEATHSIG = 1


def possible() -> bool:
    """Whether the process may be copied: not on macOS, whose libraries do not survive it, nor while foreign threads run."""
    foreign = [thread for thread in threading.enumerate() if not thread.name.startswith(OUR_THREADS)]
    return sys.platform == "linux" and foreign == [threading.main_thread()]


@contextmanager
def open_loader(settings: Settings) -> Iterator[ForkedLoader]:
    """The models' reading in a process of its own, which is ended with the block. Raises `OSError` when none is left."""
    console.flush()
    caller = os.getpid()
    read, write = os.pipe()
    with os.fdopen(read, "rb", buffering=1 << 20) as pipe:
        with os.fdopen(write, "wb", buffering=1 << 16) as out:
            # A Ctrl-C that reaches the copy outside of `_child_main` would unwind what is its caller's, such as databases.
            mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            try:
                process = _copy()
                if process == 0:
                    try:
                        pipe.close()
                        _end_with(caller)
                        _child_main(settings, out, mask)
                    finally:
                        os._exit(1)
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        reading = ForkedLoader(settings.models, process, pipe)
        try:
            yield reading
        finally:
            reading.end()


class ForkedLoader:
    """What the other process tells."""

    in_other_process = True

    # A buffered reader of bytes; the classes that io gives have no common name.
    def __init__(self, models: str | None, process: int, pipe: Any) -> None:
        self._models = models
        self._process = process
        self._pipe = pipe
        self._code: int | None = None
        self._seen: Inputs | None = None

    def load_summary(self) -> ModelSummary:
        """See `ModelLoader`."""
        _, body = self._next()
        found: ModelSummary = pickle.loads(body)
        return found

    def statements(self) -> Iterator[Statement]:
        """See `ModelLoader`."""
        while (message := self._next())[0] == _STATEMENTS:
            yield from marshalling.statements(marshal.loads(message[1]))
        self._seen = pickle.loads(message[1])

    def read_inputs(self) -> Inputs:
        """See `ModelLoader`."""
        assert self._seen is not None, "not every statement was asked for"
        return self._seen

    def end(self) -> None:
        """See that the process ends: by itself when it has sent everything, else by Ctrl-C."""
        if self._seen is None and not self._has_ended():
            os.kill(self._process, signal.SIGINT)
        for _ in range(int(_GRACE_SECONDS / _LOOK_SECONDS)):
            if self._has_ended():
                return
            time.sleep(_LOOK_SECONDS)
        os.kill(self._process, signal.SIGKILL)
        self._wait(0)

    def _next(self) -> tuple[bytes, bytes]:
        """The next message. Raises what the other process could not."""
        head = self._pipe.read(1 + _LENGTH)
        size = int.from_bytes(head[1:], "big")
        body = self._pipe.read(size) if len(head) == 1 + _LENGTH else b""
        if len(head) <= _LENGTH or len(body) < size:
            raise self._loss()
        kind = head[:1]
        if kind == _REFUSED:
            refused: TaskError = pickle.loads(body)
            raise refused
        if kind == _BROKEN:
            failure = RuntimeError("reading the models failed")
            failure.add_note(body.decode())
            raise failure
        return kind, body

    def _loss(self) -> BaseException:
        self._wait(0)
        if self._code == EXIT_INTERRUPTED or self._code == -signal.SIGINT:
            return KeyboardInterrupt()
        how = f"signal {-self._code}" if self._code is not None and self._code < 0 else f"exit code {self._code}"
        killed = "; the system does that when memory runs out" if self._code == -signal.SIGKILL else ""
        return ModelsError(
            f"the process that imported the models ended with {how}",
            cause=f"a library or the models themselves ended it{killed}; what they printed is above",
            next_step=f"python -c 'import {self._models}'  (to see it end without this tool)",
            code="models-import",
        )

    def _has_ended(self) -> bool:
        self._wait(os.WNOHANG)
        return self._code is not None

    def _wait(self, options: int) -> None:
        if self._code is not None:
            return
        try:
            process, status = os.waitpid(self._process, options)
        except ChildProcessError:
            # Somebody ignores SIGCHLD, and the kernel has taken the code with it.
            self._code = 0
            return
        if process:
            self._code = os.waitstatus_to_exitcode(status)


def _copy() -> int:
    with warnings.catch_warnings():
        # Python 3.12 warns of every thread, also of one that only waits for the caller's end.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _end_with(caller: int) -> None:
    """Die when the caller does: this process has its locks too."""
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != caller:
        os._exit(1)


# `out` is the other end of `ForkedLoader._pipe`.
def _child_main(settings: Settings, out: Any, mask: Iterable[int]) -> NoReturn:
    code = 1
    # What the parent asked for at its end is the parent's.
    atexit._clear()
    try:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        code = _send_models(settings, out)
    except KeyboardInterrupt:
        code = EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader has closed the pipe.
        pass
    finally:
        with suppress(BaseException):
            atexit._run_exitfuncs()
            console.flush()
        os._exit(code)


def _send_models(settings: Settings, out: Any) -> int:
    from supabase_tasks.models import in_process_loader

    try:
        with in_process_loader.open_in_process(settings) as models:
            _send(out, _DECLARED, pickle.dumps(models.load_summary()))
            for some in _batches(map(marshalling.of, models.statements())):
                _send(out, _STATEMENTS, marshal.dumps(some))
            _send(out, _END, pickle.dumps(models.read_inputs()))
    except TaskError as error:
        _send(out, _REFUSED, pickle.dumps(error))
    except BrokenPipeError:
        raise
    except Exception:
        _send(out, _BROKEN, traceback.format_exc().encode())
    return 0


def _send(out: Any, kind: bytes, body: bytes) -> None:
    out.write(kind + len(body).to_bytes(_LENGTH, "big") + body)
    out.flush()


def _batches(plain: Iterable[marshalling.Plain]) -> Iterator[list[marshalling.Plain]]:
    rest = iter(plain)
    while some := list(islice(rest, _TOGETHER)):
        yield some
