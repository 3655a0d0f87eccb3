"""The application served: on this machine alone, until interrupted."""

import socket
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address

import uvicorn

from ..model.problem import Place, Problem, Refused
from .application import application
from .pages import Opened


def serve(opened: Opened, host: str, port: int, ready: Callable[[str], object] = lambda _: None) -> None:
    """Serve the pages until interrupted; ``ready`` is told their address as soon as the port is open.

    Raises Refused when the host is not this machine, or when the port is taken.
    """
    if not _is_this_machine(host):
        hint = "leave --host out, and let a proxy on this machine, which has the certificate, pass requests on"
        raise Refused([Problem(Place("--host"), f'"{host}" is not this machine', hint)])
    with listening(host, port) as listener:
        ready(f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}")
        config = uvicorn.Config(
            application(opened), proxy_headers=False, server_header=False, access_log=False, log_level="warning"
        )
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens; raise Refused when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        hint = "another program may be using it: try another --port"
        raise Refused([Problem(Place("--port"), f"port {port} of {host} cannot be opened", hint)]) from error
