"""The work of a month, to be compared later: how many records each contract has, and a digest without their order."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from attrs import evolve

from ..model.basis import MonthBasis, Outdated, WorkBasis
from ..model.work import Work


def with_work_of(basis: MonthBasis, work: Iterable[Work], source: str) -> MonthBasis:
    """Return a month's basis with the work that its bills rest on, and the database that it was read from."""
    return evolve(basis, work=work_by_contract(work), work_source=source)


def work_by_contract(work: Iterable[Work]) -> Mapping[str, WorkBasis]:
    """Return what each contract that records of work name has of it, whether there is such a contract or not."""
    found: dict[str, list[str]] = {}
    for one in work:
        found.setdefault(one.contract, []).append(f"{one.day} {one.what} {one.quantity}")
    return {
        contract: WorkBasis(records=len(records), digest=sha256("\n".join(sorted(records)).encode()).hexdigest())
        for contract, records in sorted(found.items())
    }


def work_compared(outdated: Outdated, basis: MonthBasis, work: Iterable[Work]) -> Outdated:
    """Return what is outdated of a month with its work: records more, or fewer, by contract, and others."""
    before, now = basis.work, work_by_contract(work)
    none = WorkBasis(records=0, digest="")
    differ = [name for name in sorted({**before, **now}) if before.get(name, none) != now.get(name, none)]
    more = {name: now.get(name, none).records - before.get(name, none).records for name in differ}
    return evolve(
        outdated,
        work={name: count for name, count in more.items() if count},
        other_work=tuple(name for name, count in more.items() if not count),
    )
