"""What was done, noted in the transaction in which it is done."""

import json
from collections.abc import Callable

from ..model.deed import CameOf, Deed

PUT = """
INSERT INTO audit (id, at, who, command, arguments, product, came_of)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM audit), ?, ?, ?, ?, ?, ?)
"""


def note_deed(run: Callable[..., object], deed: Deed | None, came_of: CameOf) -> None:
    """Note a deed with what came of it at the end of a database's audit, within the transaction that is open.

    ``run`` runs a statement with the values that follow it: `Bulk.run`, or that of `statements_of`. Without a
    deed nobody typed it, and nothing is noted.
    """
    if deed:
        told = json.dumps(came_of, ensure_ascii=False, sort_keys=True)
        run(PUT, deed.at, deed.who, deed.command, deed.arguments, deed.product, told)
