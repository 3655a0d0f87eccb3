"""The Datasette application: its databases, read only, in French, on this machine alone."""

import socket
import webbrowser
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Barrier

import uvicorn
from datasette.app import Datasette
from datasette.database import Database, connections
from datasette.plugins import pm

from ..model.problem import Place, Problem, Refused
from ..store.migrations import LAYOUTS
from ..store.opening import holds
from . import cells, filters, former_addresses, instructions_given, pages, rights, safe_exports, wording
from .databases import BILLING, CALLS, IMPACT, MAIL, metadata
from .instructions_given import Instructed, hand_in_instructions, nothing_given
from .to_be_done_again import Compare, hand_in, nothing_compared

HERE = Path(__file__).parent
NOISY = "datasette.handle_exception"
SETTINGS = {
    "default_allow_sql": False,
    "allow_download": False,
    "suggest_facets": False,
    "allow_csv_stream": True,
    "default_page_size": 50,
    "max_returned_rows": 1000,
    "facet_time_limit_ms": 400,
    "sql_time_limit_ms": 1000,
    "num_sql_threads": 4,
}


def application(
    billing_db: Path,
    calls_db: Path | None,
    impact_db: Path | None = None,
    compare: Compare = nothing_compared,
    mail_db: Path | None = None,
    instructions: Instructed = nothing_given,
) -> Datasette:
    """Return the application over billing.db and, where there are such files, calls.db, impact.db and mail.db.

    ``compare`` is asked for each page which months are to be done again, and ``instructions`` for a contract's: what is
    on file is not read from here.
    Raises Refused when there is nothing in billing.db, or when one of them is not ours or not up to date. Another file
    that does not exist, or has nothing in it, is left out.
    """
    found = _found({BILLING: billing_db, CALLS: calls_db, IMPACT: impact_db, MAIL: mail_db})
    if BILLING not in found:
        hint = "run `permanence bill 2026-10` first, with the month that you want to see"
        raise Refused([Problem(Place(str(billing_db)), "there is nothing to browse yet", hint)])
    _plug_in()
    datasette = Datasette(
        files=[],
        metadata=metadata(),
        settings=SETTINGS,
        template_dir=str(HERE / "templates"),
        static_mounts=[("static", str(HERE / "static"))],
    )
    hand_in(datasette, compare)
    hand_in_instructions(datasette, instructions)
    datasette.remove_database("_memory")
    for name, path in found.items():
        datasette.add_database(Database(datasette, path=str(path)), name=name)
    return datasette


def _found(paths: Mapping[str, Path | None]) -> Mapping[str, Path]:
    """Return the files in which there is something, by the name of their database.

    Raises Refused with the problem of each that is not ours or not up to date.
    """
    found: dict[str, Path] = {}
    problems: list[Problem] = []
    layouts = {layout.name: layout for layout in LAYOUTS}
    for name, path in paths.items():
        try:
            if path and path.is_file() and holds(path, layouts[name]):
                found[name] = path
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    return found


def _plug_in() -> None:
    """Add our hooks to Datasette, which keeps one set of plugins per process."""
    for plugin in (rights, cells, filters, former_addresses, instructions_given, pages, safe_exports, wording):
        if not pm.is_registered(plugin):
            pm.register(plugin)
    # Datasette's own handler prints a traceback with all local variables for each page that is not found.
    if not pm.is_blocked(NOISY):
        pm.set_blocked(NOISY)


def close(datasette: Datasette) -> None:
    """Close the application's threads and files."""
    threads = SETTINGS["num_sql_threads"]
    together = Barrier(threads)
    for _ in range(threads):
        datasette.executor.submit(_close_own, together)
    datasette.executor.shutdown()
    for database in datasette.databases.values():
        database.close()


def _close_own(together: Barrier) -> None:
    """Close the connections that Datasette keeps in this thread, one to its own database in memory among them."""
    together.wait()  # so that each thread takes one of these tasks
    for connection in vars(connections).values():
        connection.close()


def serve(
    billing_db: Path,
    calls_db: Path | None,
    impact_db: Path | None = None,
    host: str = "127.0.0.1",
    port: int = 8001,
    open_browser: bool = False,
    compare: Compare = nothing_compared,
    ready: Callable[[str], object] = lambda _: None,
    mail_db: Path | None = None,
    instructions: Instructed = nothing_given,
) -> None:
    """Serve the pages until interrupted; ``ready`` is told their address as soon as the port is open.

    ``compare`` tells which months are to be done again, ``instructions`` what agents do with a contract's calls.

    Raises Refused when billing.db does not exist, when the host is not this machine, or when the port is taken.
    """
    if not (host == "localhost" or rights.is_loopback(host)):
        hint = "there are no roles yet, so the pages open on this machine only: leave --host out"
        raise Refused([Problem(Place("--host"), f'"{host}" is not this machine', hint)])
    datasette = application(billing_db, calls_db, impact_db, compare, mail_db, instructions)
    with _listening(host, port) as listener:
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
        ready(address)
        if open_browser:
            webbrowser.open(address)
        # No proxy headers: the address that counts is the one that connected.
        config = uvicorn.Config(datasette.app(), proxy_headers=False, server_header=False, log_level="warning")
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])
    close(datasette)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        hint = f"another program may be using it: try --port {port + 1}"
        raise Refused([Problem(Place("--port"), f"port {port} of {host} cannot be opened", hint)]) from error
