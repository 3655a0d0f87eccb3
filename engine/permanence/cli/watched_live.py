"""The month that runs watched on a screen: shown again whenever a file or a database has changed."""

from collections.abc import Callable
from datetime import date, datetime

from attrs import define

from ..contracts.waiting import contract_of
from ..model.problem import Refused
from .console import err, out
from .counting_live import keep_for_one
from .keeping_live import keep_rows
from .kept_live import KeptLive, KeptStamps
from .kept_month import KeptMonth, MonthNow
from .one_live import counted_alone
from .plugins_in_use import plugins_in_use
from .running_month import OnFile
from .screens.live import live_summary, show_summary
from .screens.output import Record
from .screens.problems import show_problems
from .typed import day_asked

WAITING = "looking at the files again"


def watch_counted(
    kept: KeptLive, on: datetime | None, contract: str, wait: Callable[[], object], *, as_json: bool
) -> None:
    """Print the month of a contract, or of all, and again whenever a file or a database has changed; until it ends.

    What cannot be counted is told, and looked at again. On a terminal each screen takes the place of the one before;
    for scripts there is a value after the other.
    """
    look, told = _Looks(kept, on, contract), ""
    while True:
        try:
            summary = look()
        except Refused as refused:
            if told != (told := str(refused)):
                show_problems(err(), refused.problems, WAITING)
        else:
            told = ""
            if summary:
                if not as_json:
                    out().clear()
                show_summary(summary, contract, as_json=as_json)
        wait()


@define(eq=False)
class _Looks:
    """Looks at the month that runs: one contract alone where what is kept of it will do, else all that are in it.

    ``seen`` is at which stamps, on which day of which zone, it was counted last; ``all`` is the month that is kept,
    ``shown`` what was shown of it.
    """

    kept: KeptLive
    on: datetime | None
    contract: str
    seen: tuple[KeptStamps, date, str] | None = None
    all: KeptMonth | None = None
    shown: MonthNow | None = None

    def __call__(self) -> Record | None:
        """Return what is to be shown; None where nothing has changed. Raises Refused where that cannot be counted."""
        before = self.kept.stamps(())
        if self.seen and self.seen[:2] == (before, day_asked(self.on, self.seen[2])):
            return None
        self.seen = None
        one = counted_alone(self.kept, self.on, self.contract) if self.contract else None
        found = one or self._all()
        if one:
            self.all = self.shown = None
        self.seen = before, found.month.day, found.book.zone
        if found is self.shown:
            return None
        summary = live_summary(found.month, found.book.zone)
        keep_rows(self.kept, before, found.book.zone, summary)
        if isinstance(found, MonthNow):
            self.shown = found
            if self.all and self.all.anew:
                keep_for_one(self.kept, before, self.all.anew)
        return _of(summary, self.contract)

    def _all(self) -> MonthNow:
        if self.all is None:
            self.all = KeptMonth(OnFile.of(self.kept), plugins_in_use(), self.on)
        now = self.all()
        if self.contract:
            contract_of(now.book, self.contract)
        return now


def _of(summary: Record, contract: str) -> Record:
    parts = ("contracts", "holds")
    mine = {part: [one for one in summary[part] if contract in ("", one["contract"])] for part in parts}
    return {**summary, **mine}
