"""Why a hosted database cannot be reached or changed, and what to do about it."""

from __future__ import annotations

import socket

from supabase_tasks.cli import failures
from supabase_tasks.errors import CliError, DatabaseError
from supabase_tasks.guard.targets import Address, Target
from supabase_tasks.redaction import redact

_BOARD = "https://supabase.com/dashboard/project/{ref}"
# What helps with a hosted project, by the code of `cli.failures`; other codes keep the advice they come with.
_HOSTED_STEPS = {
    "connection-refused": f"check network restrictions and bans: {_BOARD}/database/settings",
    "password": f"correct {{password}} ({_BOARD}/database/settings: reset database password)",
    "ipv6": f"set {{url}} to the session pooler's URL ({_BOARD}?showConnect=true)",
    "pooler-tenant": f"set {{url}} to what {_BOARD}?showConnect=true shows: aws-0 and aws-1 hosts differ",
    "host-unknown": f"check {{variable}}, and that the project is neither paused nor deleted: {_BOARD}",
    "paused": f"restore the project ({_BOARD}), then run the same command again",
    "timeout": f"check that the project is not paused and that no firewall blocks it: {_BOARD}",
    "network-ban": "npx supabase network-bans get --project-ref {ref} --experimental",
}


def unreachable(target: Target, address: Address, text: str) -> DatabaseError:
    """The failure for what the driver said (`text`) when it could not connect to `address`."""
    data = {"target": target.name, "ref": target.ref, "host": address.host, "port": address.port}
    where, known = f"{address.host}:{address.port}", failures.recognise(text)
    code, message = (known.code, known.message) if known else ("unreachable", f"{where} does not take a connection")
    if only_ipv6(address.host) or "Network is unreachable" in text:
        code = "ipv6"
        message = "the project's direct host is reachable by IPv6 only, and this network has none"
    return DatabaseError(
        f"{target.name}: {message}",
        cause=f"{where}: {redact(text.strip())}",
        next_step=next_step(target, code) or (known.next_step if known else "inv supabase-status"),
        code=code,
        data=data,
    )


def explain_cli_error(target: Target, error: CliError) -> CliError:
    """The CLI's failure with the next step that helps with this target."""
    better = next_step(target, error.code)
    if better is None:
        return error
    return CliError(error.message, cause=error.cause, next_step=better, code=error.code, data=error.data)


def next_step(target: Target, code: str) -> str | None:
    """What helps with a cause on a hosted target, or None when the general advice is right."""
    step = _HOSTED_STEPS.get(code)
    names = target.settings
    return step and step.format(
        ref=target.ref, password=names.password_variable, url=names.url_variable, variable=names.ref_variable
    )


def only_ipv6(host: str) -> bool:
    """Whether the name has an IPv6 address and no IPv4 one, as direct Supabase hosts have."""
    return bool(_addresses(host, socket.AF_INET6)) and not _addresses(host, socket.AF_INET)


def _addresses(host: str, family: socket.AddressFamily) -> list[str]:
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, None, family)]
    except OSError:
        return []
