"""The whole double: a Management API and one database server per project, reached by their real names."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from support import clis
from support.double import hosts, login_roles
from support.double.cluster import POOLER_SOURCE, SECRET_CORE, Cluster
from support.double.management import ACCESS_TOKEN, ManagementApi, ProjectRecord
from support.double.pooler import Pooler
from support.double.proxy import Proxy

from supabase_tasks.settings import Settings

__all__ = ["ACCESS_TOKEN", "DOMAIN", "SECRET_CORE", "Cloud", "Project", "pooler_host", "running", "why_not"]
DOMAIN = "supabase.test"
_SERVER_PORT = 15432


@dataclass
class Project:
    """One hosted project: what the API says of it, its server, and the network in front of it."""

    name: str
    record: ProjectRecord
    cluster: Cluster
    network: Proxy

    @property
    def ref(self) -> str:
        return self.record.ref

    @property
    def password(self) -> str:
        return self.cluster.password

    @property
    def environment(self) -> dict[str, str]:
        """The documented variables."""
        suffix = self.name.upper()
        return {f"SUPABASE_PROJECT_REF_{suffix}": self.ref, f"SUPABASE_DB_PASSWORD_{suffix}": self.password}

    def fresh(self, settings: Settings) -> None:
        """As on its first day, with an undisturbed network."""
        self.network.heal()
        self.record.fresh()
        self.cluster.pristine(settings)
        with self.cluster.admin() as admin:
            login_roles.remove(admin)


@dataclass
class Cloud:
    """Everything hosted, on this machine."""

    api: ManagementApi
    profile: Path
    projects: dict[str, Project]
    home: Path
    pooler: Pooler

    @property
    def environment(self) -> dict[str, str]:
        """The variables with which the CLI and supabase-tasks talk to this cloud."""
        merged = {
            "SUPABASE_PROFILE": str(self.profile),
            "SUPABASE_ACCESS_TOKEN": ACCESS_TOKEN,
            "HOME": str(self.home),
            **clis.ENVIRONMENT,
        }
        for project in self.projects.values():
            merged.update(project.environment)
        return merged


def why_not() -> str | None:
    """Why the double cannot run here, or None when it can."""
    if reason := hosts.why_not():
        return reason
    return None if shutil.which("openssl") else "openssl is not installed (it makes the servers' certificates)"


@contextmanager
def running(folder: Path, settings: Settings, names: Sequence[str] = ("staging", "prod")) -> Iterator[Cloud]:
    """The double with a project for each name, for as long as the context lasts. Needs `why_not()` to be None."""
    with ExitStack() as stack:
        api = stack.enter_context(ManagementApi())
        profile = folder / "profile.json"
        home = folder / "home"
        home.mkdir(parents=True)
        profile.write_text(
            json.dumps(
                {
                    "name": "double",
                    "api_url": api.url,
                    "dashboard_url": api.url,
                    "project_host": DOMAIN,
                    "pooler_host": DOMAIN,
                }
            )
        )
        projects = {name: _project(stack, api, folder, settings, number, name) for number, name in enumerate(names)}
        certificate = next(iter(projects.values())).cluster.certificate
        pooler = stack.enter_context(Pooler(_address(1), POOLER_SOURCE, certificate))
        for project in projects.values():
            pooler.tenants[project.ref] = project.cluster.listens
        stack.enter_context(hosts.names(_names(projects.values(), pooler)))
        yield Cloud(api, profile, projects, home, pooler)


def _names(projects: Iterable[Project], pooler: Pooler) -> dict[str, str]:
    """Every host name of this cloud. A project's API host is there and does not answer."""
    direct = {
        host: project.network.address
        for project in projects
        for host in (project.record.db_host, f"{project.ref}.{DOMAIN}")
    }
    return {**direct, pooler_host(): pooler.address}


def pooler_host() -> str:
    """The region's pooler. Real ones have the region's name here; this one differs by test run."""
    return f"aws-0-{_letters()}.pooler.{DOMAIN}"


def _project(stack: ExitStack, api: ManagementApi, folder: Path, settings: Settings, number: int, name: str) -> Project:
    ref = _ref(name)
    address = _address(number + 2)
    cluster = Cluster(folder / name, address, _SERVER_PORT, password=f"{name}:p@ss/w%rd 'ä\"\\{SECRET_CORE}")
    stack.callback(cluster.destroy)
    cluster.create(settings)
    network = stack.enter_context(Proxy(address, 5432, cluster.listens, cluster.certificate))
    record = ProjectRecord(ref, f"Vectreal {name}", f"db.{ref}.{DOMAIN}", pooler_host(), database=cluster)
    api.projects[ref] = record
    return Project(name, record, cluster, network)


def _address(number: int) -> str:
    """An address of the loopback network that no other test run on this machine uses."""
    return f"127.{os.getpid() >> 8 & 255 or 1}.{os.getpid() & 255}.{number}"


def _ref(name: str) -> str:
    """A ref that no other test run on this machine uses: twenty lower-case letters, from the name and the process."""
    return (name.replace("-", "") + _letters() + "x" * 20)[:20]


def _letters() -> str:
    """The process's number in letters."""
    number, letters = os.getpid(), ""
    for _ in range(8):
        number, rest = divmod(number, 26)
        letters += chr(ord("a") + rest)
    return letters
