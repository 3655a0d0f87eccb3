"""Two offers' hours compared by moments of the week: windows cut otherwise with the same hours are no change."""

from collections.abc import Iterable, Iterator
from operator import attrgetter

from ...model.coverage import Coverage, CoverageWindow
from ...model.offer import Offer
from ...model.regions import REGIONS
from ...model.scalars import HOLIDAY, Days, Hours, Words
from ...model.words.changes import Told, instead, keys_told
from ...model.words.phrases import date_in_words, days_in_words, hours_in_words, listed, quoted, said

SUNDAY, WEEK = 6, range(7)
CLOSED = Words("fermé", "closed")
PROMISES = {
    "windows": Words("pendant les horaires", "within the hours"),
    "always": Words("à tout moment", "at every moment"),
}
PROMISE = {"promise": Told(Words("Réponse promise", "An answer is promised"), PROMISES.__getitem__)}
ORDINARY = Words("comme les autres jours", "as on any other day")


def week_told(old: Offer, new: Offer) -> Iterator[Words]:
    """Yield a sentence for days that have other hours, public holidays, the promise, single days, titles of windows."""
    before, after = old.coverage, new.coverage
    pairs = [(open_hours(before.windows, day), open_hours(after.windows, day)) for day in WEEK]
    for pair in dict.fromkeys(pairs):
        if pair[0] != pair[1]:
            days = days_in_words(Days(tuple(day for day in WEEK if pairs[day] == pair)))
            yield _opens(days, _open(pair[1]), _open(pair[0]))
    was, now = _holidays(before), _holidays(after)
    if was != now:
        yield _opens(Words("les jours fériés", "on public holidays"), now, was)
    yield from keys_told(PROMISE, before, after)
    yield from _regions(before, after)
    yield from _single_days(before, after)
    yield from _titles(before, after)


def open_hours(windows: Iterable[CoverageWindow], *kinds: int) -> tuple[Hours, ...]:
    """Return the hours at which one of some windows is open on a day that counts as these kinds, as they follow."""
    found: list[Hours] = []
    on = (window.hours for window in windows if any(kind in window.days for kind in kinds))
    for hours in sorted(on, key=attrgetter("start")):
        if found and hours.start <= found[-1].end:
            found[-1] = Hours(found[-1].start, max(found[-1].end, hours.end))
        else:
            found.append(hours)
    return tuple(found)


def _open(hours: Iterable[Hours]) -> Words:
    return listed(map(hours_in_words, hours)) if hours else CLOSED


def _holidays(coverage: Coverage) -> Words:
    """Return the hours of public holidays: those of windows that name them, and of the day that they count as."""
    windows = coverage.windows
    if coverage.holidays == "as_weekday":
        alike = all(open_hours(windows, day) == open_hours(windows, day, HOLIDAY) for day in WEEK)
        return ORDINARY if alike else said("{}, et {}", "{}, and {}", ORDINARY, _open(open_hours(windows, HOLIDAY)))
    return _open(open_hours(windows, HOLIDAY, *((SUNDAY,) if coverage.holidays == "as_sunday" else ())))


def _opens(days: Words, now: Words, was: Words) -> Words:
    """Return that calls are answered at other hours; the days begin the sentence."""
    capital = Words(days.fr[:1].upper() + days.fr[1:], days.en[:1].upper() + days.en[1:])
    if now == CLOSED:
        return said("{}, l'accueil est fermé ; il ouvrait {}.", "{}: closed now; it was open {}.", capital, was)
    if was == CLOSED:
        return said(
            "{}, l'accueil ouvre désormais {} ; il était fermé.", "{}: open {} now; it was closed.", capital, now
        )
    old = was if was.fr.startswith("de ") else said("d'ouvrir {}", "{}", was)
    return said("{}, l'accueil ouvre {} au lieu {}.", "{}: open {} instead of {}.", capital, now, old)


def _regions(old: Coverage, new: Coverage) -> Iterator[Words]:
    if old.holiday_region != new.holiday_region:
        what = Words("Jours fériés pris en compte", "Public holidays that count")
        yield instead(what, _region(new), _region(old))


def _region(coverage: Coverage) -> Words:
    if coverage.holiday_region == "customer":
        return Words("ceux de la région du client", "those of the customer's region")
    return said("ceux de cette région, {}", "those of {}", Words(REGIONS[coverage.holiday_region].name))


def _single_days(old: Coverage, new: Coverage) -> Iterator[Words]:
    kinds = (
        (old.extra_closed, new.extra_closed, CLOSED),
        (old.extra_open, new.extra_open, Words("ouvert comme un jour ordinaire", "open as on an ordinary day")),
    )
    for before, after, what in kinds:
        for day in sorted({*before, *after}):
            if day in after and day not in before:
                yield said("Le {} : désormais {}.", "On {}: {} now.", date_in_words(day), what)
            elif day not in after:
                yield said("Le {} : n'est plus {}.", "On {}: no longer {}.", date_in_words(day), what)


def _titles(old: Coverage, new: Coverage) -> Iterator[Words]:
    titles = {window.id: window.title for window in old.windows}
    for window in new.windows:
        before = titles.get(window.id, window.title)
        if before != window.title:
            unnamed = Words("sans nom", "without a name")
            words = (quoted(title) if title else unnamed for title in (window.title, before))
            yield instead(Words("Nom d'une plage", "Name of a window"), *words)
