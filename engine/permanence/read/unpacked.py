"""Texts as files in a folder that lasts as long as they are looked at: what is kept in a database, read as it was."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def unpacked(texts: Iterable[tuple[str, str]]) -> Iterator[Path]:
    """Yield a folder with texts under their names, folders among them; afterwards it is gone."""
    with TemporaryDirectory() as folder:
        for name, text in texts:
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        yield Path(folder)
