"""What holds of bills whatever comes: each property is tried with inputs drawn from its number."""

import random
import re
import shutil
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from tests.cli.conftest import SMALL_OFFER
from tests.soak.inputs import SMALL
from tests.soak.layer import NOON, run, start
from tests.soak.survival import LossError, differing, dump

HEADER = "call_id,start,wait_seconds,talk_seconds,status,account"
LIST = "account,line,customer,kind,region,mission,signed,live,options,note,address,postcode,town,siren"
Try = Callable[[Path, int], None]


def records(chance: random.Random, contracts: int, many: int) -> list[str]:
    """Return calls of a month, each to one of the contracts."""
    return [
        f"{number},2026-02-{chance.randint(1, 28):02}T{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:00+01:00,"
        f"{chance.randint(0, 60)},{chance.choice((f'{chance.randint(1, 600)},answered', '0,no_answer'))},"
        f"C{chance.randint(1, contracts):04}"
        for number in range(many)
    ]


def service(here: Path, contracts: Sequence[int], regions: Mapping[int, str]) -> Path:
    """Make a folder with the small offer and contracts, in the order given."""
    shutil.rmtree(here, ignore_errors=True)
    here.mkdir(parents=True)
    shutil.copytree(SMALL, here / "rules")
    rows = [
        f"C{one:04},+331990{one:05},Client {one},professional,{regions.get(one, 'FR')},simple,2026-01-02,2026-01-02,,,"
        f"{one} quai,59000,Lille,none"
        for one in contracts
    ]
    (here / "customers.csv").write_text("\n".join([LIST, *rows, ""]), "utf-8")
    _well(here, "contracts", "import", "customers.csv", "--offer", SMALL_OFFER)
    return here


def imported(here: Path, calls: Sequence[str], files: int) -> None:
    """Take calls in, out of so many files."""
    names = []
    for number in range(files):
        names.append(f"calls-{number:03}.csv")
        (here / names[-1]).write_text("\n".join([HEADER, *calls[number::files], ""]), "utf-8")
    _well(here, "calls", "import", *names, "--format", "generic")


def bills(here: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return what is billed: the month, its bills, their lines, in an order of their own."""
    with closing(sqlite3.connect(here / "billing.db")) as database:
        return {
            "run": database.execute(
                "SELECT came_in, counted, outside, excluded, duplicate, unassigned, refused, calls FROM run"
            ).fetchall(),
            "invoice": database.execute(
                "SELECT contract, net_cents, vat_cents, total_cents, calls FROM invoice ORDER BY contract"
            ).fetchall(),
            "line": database.execute(
                "SELECT invoice, amount_cents, label FROM line ORDER BY invoice, amount_cents, label"
            ).fetchall(),
        }


def order_and_files_change_nothing(folder: Path, number: int) -> None:
    """Bill the same calls and contracts in another order, out of one file or a hundred; sums close both times."""
    chance = random.Random(number)
    contracts = list(range(1, chance.randint(2, 6)))
    regions = {one: chance.choice(("FR", "FR-974", "FR-973")) for one in contracts}
    calls = records(chance, contracts[-1], chance.randint(1, 300))
    found = []
    for name, files in (("one", 1), ("many", min(100, len(calls)))):
        here = service(folder / "order" / name, contracts, regions)
        imported(here, calls, files)
        _well(here, "bill", "2026-02", "--incomplete")
        found.append(bills(here))
        _sums_close(found[-1])
        chance.shuffle(calls)
        chance.shuffle(contracts)
    if found[0] != found[1]:
        raise LossError(f"another order, another bill: {found}")


def issued_twice(folder: Path, number: int) -> None:
    """Issue a month twice, once by two processes at once: the ledger is that of an undisturbed run."""
    here = _billed(folder / "twice", random.Random(number).randint(1, 6), number)
    alone = folder / "twice-alone"
    shutil.rmtree(alone, ignore_errors=True)
    shutil.copytree(here, alone)
    _well(alone, *ISSUE)
    for ended in [one.ended() for one in [start(ISSUE, here), start(ISSUE, here)]]:
        if ended.code:
            raise LossError(f"issued twice at once: {ended}")
    if dump(here) != dump(alone):
        raise LossError(f"issued twice: {differing(dump(here), dump(alone))}")


def no_gap(folder: Path, number: int) -> None:
    """Issue 1,000 invoices by two processes that start at the same moment: each number once, none left out."""
    here = _billed(folder / "gap", 1_000, number)
    for ended in [one.ended() for one in [start(ISSUE, here), start(ISSUE, here)]]:
        if ended.code:
            raise LossError(f"issued by two: {ended}")
    with closing(sqlite3.connect(here / "billing.db")) as database:
        found = [name for (name,) in database.execute("SELECT id FROM issued ORDER BY position")]
    if found != [f"F-2026-{one:05}" for one in range(1, 1_001)]:
        raise LossError(f"numbers are missing or twice: {len(found)}")
    _well(here, "verify")


def clock_set_back(folder: Path, number: int) -> None:
    """Issue a month by a clock that was set back: nothing is issued, both times are told; set right, it is."""
    chance = random.Random(number)
    here = _billed(folder / "clock", chance.randint(1, 6), number)
    _well(here, "bill", "2026-01", "--incomplete")
    _well(here, "issue", "2026-02")
    before, back = dump(here), round(10 ** chance.uniform(0, 8))
    ended = run(("issue", "2026-01", "--incomplete"), here, clock=NOON - back)
    if ended.code != 1 or "Traceback" in ended.stderr or len(re.findall(r"\d{4}-\d\d-\d\d", ended.stderr)) < 2:
        raise LossError(f"a clock {back} s back is not told with both times: {ended}")
    if dump(here) != before:
        raise LossError(f"a clock {back} s back: {differing(dump(here), before)}")
    _well(here, "issue", "2026-01", "--incomplete")
    _well(here, "verify")


EVERY: Mapping[str, tuple[Try, int]] = {
    "order, files, sums": (order_and_files_change_nothing, 300),
    "issued twice at once": (issued_twice, 100),
    "clock set back": (clock_set_back, 100),
    "1,000 issued by two": (no_gap, 3),
}
ISSUE = ("issue", "2026-02", "--on", "2026-11-05")


def _billed(here: Path, contracts: int, number: int) -> Path:
    from permanence.cli.sample.seller import SELLER
    from permanence.read.parties.sellers import write_seller

    service(here, range(1, contracts + 1), {})
    (here / "sellers").mkdir()
    (here / "sellers" / "exemple.toml").write_text(write_seller(SELLER), "utf-8")
    imported(here, records(random.Random(number), contracts, 300), 1)
    _well(here, "bill", "2026-02", "--incomplete")
    return here


def _sums_close(found: Mapping[str, Sequence[tuple[object, ...]]]) -> None:
    lines: dict[object, int] = {}
    for invoice, amount, _ in found["line"]:
        lines[invoice] = lines.get(invoice, 0) + int(str(amount))
    nets = {f"2026-02-{contract}": int(str(net)) for contract, net, *_ in found["invoice"]}
    if any(lines.get(name, 0) != net for name, net in nets.items()):
        raise LossError(f"lines are not their net: {found}")
    if any(int(str(net)) + int(str(vat)) != total for _, net, vat, total, _ in found["invoice"]):
        raise LossError(f"net and VAT are not the total: {found}")


def _well(here: Path, *words: str) -> None:
    ended = run(words, here)
    if ended.code:
        raise LossError(f"{words}: {ended.stderr}")
