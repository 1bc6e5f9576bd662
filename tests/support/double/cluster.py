"""A PostgreSQL with TLS that looks like a hosted Supabase project's database.

The programs, the account to run them as and the Supabase bootstrap are the package's own; configuration, passwords and
certificates are this file's.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from support import databases, kept_cluster

from supabase_tasks import postgres, process
from supabase_tasks.postgres import account, installation, tree
from supabase_tasks.settings import Settings

MAJOR = 17
# In every secret of the double, and the same in every way of quoting one: what to search for where none may be.
SECRET_CORE = "Zx9CoreOfTheSecret"
_CONFIG = {
    "ssl": "on",
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "logical",
    "shared_buffers": "32MB",
    "max_connections": "40",
    "max_locks_per_transaction": "256",
    "log_statement": "all",
    "log_line_prefix": "%m [%p] %a %u ",
    "timezone": "UTC",
}
# Where the region's pooler asks from: it has ended the client's TLS.
POOLER_SOURCE = "127.255.0.1"
_HBA = f"""local all all trust
hostnossl all all {POOLER_SOURCE}/32 scram-sha-256
hostssl all all all scram-sha-256
hostnossl all all all reject
"""


@dataclass
class Cluster:
    """One project's database server. `address`:`port` speaks TLS and wants a password; tests use `admin()`."""

    folder: Path
    address: str
    port: int
    password: str
    _tree: tree.Tree = field(init=False)

    def create(self, settings: Settings) -> None:
        """initdb, certificate, first start, Supabase bootstrap."""
        self.folder.mkdir(parents=True)
        self.folder.chmod(0o755)
        self._tree = tree.prepare(installation.find(settings, MAJOR))
        # Hosted projects differ in what only initdb gives: the system identifier.
        kept_cluster.by_initdb(self._tree, self.data)
        self._configure()
        self.start()
        self.pristine(settings)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def listens(self) -> tuple[str, int]:
        """Where it takes connections."""
        return self.address, self.port

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def server(self) -> postgres.Server:
        """The cluster as the package's own server value, for its bootstrap and for connections past the network."""
        return postgres.Server(
            host="127.0.0.1",
            port=self.port,
            version=self._tree.version,
            bin=self._tree.bin,
            socket=self.folder / "socket",
            folder=self.folder,
            name="double",
        )

    def pristine(self, settings: Settings) -> None:
        """A fresh Supabase database named `postgres`, and the project's password."""
        postgres.recreate_local(self.server, settings)
        with self.admin() as connection:
            connection.execute(f"alter role postgres password {_literal(self.password)}")
            connection.execute("grant pg_signal_backend to postgres")

    def admin(self) -> psycopg.Connection[Any]:
        return databases.superuser(self.server)

    def start(self) -> None:
        self._control("start", "--wait", f"--log={self.log}")

    def stop(self, mode: str = "fast") -> None:
        self._control("stop", f"--mode={mode}", "--wait")

    def restart(self) -> None:
        self.stop("immediate")
        self.start()

    def destroy(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _control(self, *arguments: str) -> None:
        command = [str(self._tree.bin / "pg_ctl"), f"--pgdata={self.data}", "--silent", *arguments]
        process.run(command, uid=account.uid(), cwd=self.folder, env={"LC_ALL": "C", "TZ": "UTC"})

    def _configure(self) -> None:
        sockets = self.folder / "socket"
        sockets.mkdir()
        account.give(sockets)
        account.give(self.folder)
        values = {
            **_CONFIG,
            "listen_addresses": self.address,
            "port": str(self.port),
            "unix_socket_directories": str(sockets),
        }
        (self.data / "postgresql.conf").write_text("".join(f"{key} = '{value}'\n" for key, value in values.items()))
        (self.data / "pg_hba.conf").write_text(_HBA)
        self._certify()

    @property
    def certificate(self) -> tuple[Path, Path]:
        """The server's certificate and its key."""
        return self.data / "server.crt", self.data / "server.key"

    def _certify(self) -> None:
        certificate, key = self.certificate
        command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=double"
        subprocess.run([*command.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
        for path in (key, certificate):
            path.chmod(0o600)
            account.give(path)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
