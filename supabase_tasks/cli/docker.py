"""Whether a Docker engine answers: what decides between the `supabase start` stack and the embedded database."""

from __future__ import annotations

import json
import os
from pathlib import Path

from supabase_tasks import child_environment, process

# Docker's default endpoint on Linux and macOS (docker CLI reference, "docker context").
_DEFAULT_SOCKET = Path("/var/run/docker.sock")
_TIMEOUT_SECONDS = 10


def answers() -> bool:
    """Whether the `docker` program is there and reaches an engine.

    The program is only asked when some endpoint is configured or the default socket exists: asking costs 20 to 80 ms,
    and most machines without Docker can be recognised without it.
    """
    docker = process.find("docker")
    if docker is None or not _endpoint_configured():
        return False
    command = [docker, "version", "--format", "{{.Server.Version}}"]
    kept = (*child_environment.DOCKER, *child_environment.NETWORK)
    try:
        done = process.run(command, keeps=kept, check=False, timeout=_TIMEOUT_SECONDS)
    except process.ProcessError:
        return False
    return done.code == 0 and bool(done.stdout.strip())


def _endpoint_configured() -> bool:
    if os.environ.get("DOCKER_HOST") or os.environ.get("DOCKER_CONTEXT") or _DEFAULT_SOCKET.exists():
        return True
    folder = Path(os.environ.get("DOCKER_CONFIG") or Path.home() / ".docker")
    try:
        document = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(document, dict) and document.get("currentContext", "default") != "default"
