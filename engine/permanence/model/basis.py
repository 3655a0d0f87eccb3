"""What a month's bills rest on, kept beside them, so that what is known later can be compared with it."""

from collections.abc import Mapping

from attrs import frozen

from .period import Month


@frozen(kw_only=True)
class ContractBasis:
    """One contract's month: the digest of all that its bill reads of it, its lines, and how many calls came to them.

    ``on_file`` is the digest of the contract and its offers as they were on file: where that is the same, all else is.
    """

    digest: str
    lines: tuple[str, ...]
    on_file: str = ""
    calls: int = 0


@frozen(kw_only=True)
class CallsBasis:
    """The calls of a month: what they were read from, as typed, and how that stood.

    ``stamp`` is another once files were added or changed; ``last_import`` is the number of the last file that a
    database of calls had taken in, 0 for Parquet files. ``digest`` is that of the calls, in whichever order they came.
    """

    source: str
    stamp: str
    last_import: int
    calls: int
    digest: str


@frozen
class CallsStamp:
    """How a database of calls stands: the digest of its imports, how many exclusions it has, and their digest."""

    imports: str
    exclusions: int = 0
    excluded: str = ""

    @classmethod
    def parse(cls, text: str) -> "CallsStamp":
        """Return the stamp that a text is; one without exclusions is the digest of the imports alone."""
        imports, _, rest = text.partition("+")
        count, _, digest = rest.partition(":")
        return cls(imports, int(count), digest) if count.isdigit() else cls(imports)

    def __str__(self) -> str:
        """Return the text of a stamp, as a month's basis and its documents keep it."""
        return f"{self.imports}+{self.exclusions}:{self.excluded}" if self.exclusions else self.imports


@frozen(kw_only=True)
class WorkBasis:
    """The work of a contract's month: how many records, and a digest of them, in whichever order they came."""

    records: int
    digest: str


@frozen(kw_only=True)
class MonthBasis:
    """All that a month's bills rest on: contracts by number, offers' texts by version, who brings each option.

    ``zone`` is that of the wall clock that cuts the month. ``calls`` is None where no calls were read.
    ``work`` is by the contract that its records name, and ``work_source`` the database that it was read from, "" where
    none was.
    ``zone`` is that of the wall clock that cuts the month. ``calls`` is None where no calls were read. ``crossing``
    tells that an offer on file goes by the answer, or counts each record: a call that goes on over a month's end may
    concern both months.
    """

    month: Month
    zone: str
    contracts: Mapping[str, ContractBasis]
    offers: Mapping[str, str]
    options: Mapping[str, str]
    calls: CallsBasis | None = None
    work: Mapping[str, WorkBasis] = {}
    work_source: str = ""
    crossing: bool = False

    @property
    def holders(self) -> Mapping[str, str]:
        """Return who holds which line in the month."""
        return {line: name for name, contract in self.contracts.items() for line in contract.lines}


@frozen(kw_only=True)
class Outdated:
    """What a month's bills rest on no more: it is to be billed again.

    ``calls`` says by contract how many calls there are more, or fewer; the contract "" has those that are nobody's.
    ``other_calls`` tells that there are as many, but not the same. ``options`` says who brings an option now, and who
    did. ``work`` says by contract how many records of work there are more, or fewer, ``other_work`` which have as many,
    but not the same. ``groups`` are the contracts of a group by each of them, whose bills hang on each other.
    ``excluded`` says by contract how many calls are excluded, or counted again, otherwise than then.
    """

    month: Month
    calls: Mapping[str, int] = {}
    other_calls: bool = False
    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    options: Mapping[str, tuple[str, str]] = {}
    work: Mapping[str, int] = {}
    other_work: tuple[str, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = {}
    excluded: Mapping[str, int] = {}

    def __bool__(self) -> bool:
        return bool(
            any(self.calls.values())
            or self.other_calls
            or self.changed
            or self.added
            or self.removed
            or self.offers
            or self.options
            or self.work
            or self.other_work
            or self.excluded
        )

    def touches(self, contract: str) -> bool:
        """Tell whether a contract's bill may be another one: its own, or all of the month's."""
        return bool(self.other_calls or self.offers or self.options) or self.concerns(contract)

    def concerns(self, contract: str) -> bool:
        """Tell whether a contract's own bill is among what changes, by itself or by another of its group."""
        named = {*self.changed, *self.added, *self.removed, *self.work, *self.other_work, *self.excluded}
        return any(self.calls.get(one) or one in named for one in self.groups.get(contract, (contract,)))


@frozen(kw_only=True)
class BilledText:
    """A text of an offer version that months were billed with, the months, and the file that it stood in."""

    version: str
    digest: str
    file: str
    months: tuple[Month, ...]


@frozen
class MonthsOutdated:
    """The months that are to be done again, in order; ``in_full`` tells whether offers and contracts could be read."""

    outdated: tuple[Outdated, ...] = ()
    in_full: bool = True
