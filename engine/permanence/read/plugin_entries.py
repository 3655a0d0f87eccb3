"""What installed distributions name as plugins: entry points, each with its distribution and version."""

from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points

from attrs import frozen

from .engine_versions import engine_required


@frozen
class PluginEntry:
    """An entry point of a distribution, and which versions of the engine that distribution requires."""

    point: EntryPoint
    distribution: str
    version: str
    requires: str

    @property
    def plugin(self) -> str:
        """Return the name under which it is registered."""
        return f"{self.distribution}:{self.point.name}"

    @property
    def origin(self) -> str:
        """Return its distribution and version."""
        return f"{self.distribution} {self.version}"


def plugin_entries(group: str) -> Iterator[PluginEntry]:
    """Yield what distributions name in a group; what is known of a distribution is read once."""
    known: dict[int, tuple[str, str, str]] = {}
    for point in entry_points(group=group):
        brought = point.dist
        if brought is None:
            continue
        if id(brought) not in known:
            told = brought.metadata
            requires = engine_required(told.get_all("Requires-Dist") or ())
            known[id(brought)] = told["Name"] or "unnamed", told["Version"] or "without a version", requires
        yield PluginEntry(point, *known[id(brought)])
