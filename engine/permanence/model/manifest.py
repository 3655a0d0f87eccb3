"""What a backup holds: each file with its size and digest, the databases' versions, and where the ledger ended."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from attrs import asdict, frozen

MANIFEST = "MANIFEST.json"
FORM = 1


@frozen(order=True)
class BackedFile:
    """A file of a backup: where it is in it, its size in bytes, and its SHA-256."""

    path: str
    bytes: int
    sha256: str


@frozen
class Manifest:
    """What a backup holds, as of an instant: ``2026-11-30T231500Z``.

    ``databases`` are the versions of their tables by name; ``head`` is where the ledger ended: ``42:9f86d0…``.
    """

    made_at: str
    product: str | None
    databases: Mapping[str, int]
    head: str
    files: Sequence[BackedFile]

    @property
    def digest(self) -> str:
        """Return the SHA-256 of all that it says: kept elsewhere, it proves the whole backup."""
        return sha256(_text(self._says())).hexdigest()

    def content(self) -> bytes:
        """Return the file that says it, with its own digest."""
        return _text({**self._says(), "digest": self.digest})

    def _says(self) -> Mapping[str, Any]:
        files = [asdict(one) for one in sorted(self.files)]
        head = {"form": FORM, "made_at": self.made_at, "product": self.product, "head": self.head}
        return {**head, "databases": dict(self.databases), "files": files}


def manifest_in(content: bytes) -> Manifest | None:
    """Return what a manifest says; None where it is not, to the byte, what was written."""
    try:
        said = json.loads(content)
        files = tuple(BackedFile(**one) for one in said["files"])
        found = Manifest(said["made_at"], said["product"], said["databases"], said["head"], files)
        return found if found.content() == content else None
    except (ValueError, KeyError, TypeError):
        return None


def _text(says: Mapping[str, Any]) -> bytes:
    return (json.dumps(says, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
