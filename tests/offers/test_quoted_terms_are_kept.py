"""What a quote says of renewals and of notice is what then happens, for whatever `[term]` and rules together say.

Contracts are lived through by the dates of their histories; nothing of what words the sentences is asked.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from permanence.contracts.book import Book
from permanence.contracts.history import history_of
from permanence.contracts.term import TermEnd
from permanence.decide.decider import Decider
from permanence.model.contract import Contract, Customer
from permanence.model.customer_kind import KINDS, CustomerKind
from permanence.model.offer import Offer
from permanence.offers.check.files import check_files
from permanence.offers.tell.life_words import terms_in_words

from tests.bill.months import rule
from tests.installed import PLUGINS
from tests.offers.telling import offer_of

SIGNED = date(2026, 1, 12)
DAY = timedelta(days=1)
HEAD = """format = 1

[offer]
id = "small"
title = "Permanence"
sold_from = 2026-01-01

[term]
{term}

[coverage]
window = [{{ id = "day", days = "mon-fri", hours = "08:00-19:00" }}]

[bands]
steps = [{{ up_to = 100, simple = "90.00" }}]
"""
MONTHS = {"6 mois": 6, "12 mois": 12, "2 mois": 2, "3 mois": 3}
WRITTEN = {
    "renewal": (None, '"tacit"', '"express"'),
    "renewal_period": (None, '"6 months"', '"open_ended"'),
    "notice": (None, '"0 days"', '"2 months"'),
    "commitment": ('"12 months"', '"0 days"'),
}
STAGES = ("first", "renewed", "open")
ONCE = {"renewed": "Une fois le contrat reconduit", "open": "Une fois le contrat sans terme"}
LATE_ENDS = ("next_term_end", "notice_end", "term_end", "notice_day")


@st.composite
def offers(draw: st.DrawFn) -> Offer:
    """Return an offer whose `[term]` and rules say whatever they like of renewals and of notice."""
    keys = {key: draw(st.sampled_from(values)) for key, values in WRITTEN.items()}
    term = "\n".join(['trial = "0 days"', *(f"{key} = {value}" for key, value in keys.items() if value)])
    text = HEAD.format(term=term) + rule("subscription", "month", "contract.active", 'charge = "bands"')
    text += rule("in-time", "notice", "notice.in_time", f'end = "{draw(st.sampled_from(("term_end", "notice_end")))}"')
    by = draw(st.sampled_from(("contract.renewed", 'customer.kind == "consumer"', None)))
    for number, one in enumerate((by, f"not ({by})") if by else (None,)):
        when = "not notice.in_time" + (f" and {one}" if one else "")
        text += rule(f"late-{number}", "notice", when, f'end = "{draw(st.sampled_from(LATE_ENDS))}"')
    for kind in draw(st.sampled_from(((), (None,), ('customer.kind == "consumer"', 'customer.kind != "consumer"')))):
        least = draw(st.integers(1, 3))
        for when in (f"renewal.number < {least}", f"renewal.number >= {least}"):
            said = draw(st.sampled_from(("period", "open_ended", "end", None)))
            if said and when != "renewal.number < 1":
                name = f"renewed-{len(text)}"
                text += rule(name, "renewal", f"{when} and {kind}" if kind else when, f'renew = "{said}"')
    return offer_of(text)


def contradictions(offer: Offer) -> list[str]:
    """Return what `check` says of a key of `[term]` and the rules that no case agrees with."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "offer.toml")
        path.write_text(offer.text, encoding="utf-8")
        found = check_files([path], Path(folder), Path(folder), PLUGINS, examples=False).problems
    return [problem.what for problem in found if not problem.warning and "holds in no case" in problem.what]


def book_of(offer: Offer, kind: CustomerKind, notice: date | None = None) -> Book:
    contract = Contract(
        id="C1",
        customer=Customer(name="Garage du Parc", kind=kind),
        offer=offer.version,
        lines=("C1",),
        signed=SIGNED,
        notice=notice,
    )
    return Book(PLUGINS, {offer.version: Decider(offer)}, (contract,))


def ends(offer: Offer, kind: CustomerKind) -> list[TermEnd]:
    """Return the ends of the first terms that a contract comes to."""
    book = book_of(offer, kind)
    return list(islice(history_of(book, book.contracts[0]).term.terms(), 6))


def left(offer: Offer, kind: CustomerKind, day: date) -> date | None:
    """Return the first day without a contract whose notice is received on a day."""
    book = book_of(offer, kind, day)
    return history_of(book, book.contracts[0]).end


def lived(offer: Offer, kind: CustomerKind) -> str:
    """Return what becomes of a contract when nobody says anything, in the words of a quote."""
    terms = ends(offer, kind)
    renewed = [end.renewal for end in terms]
    if renewed[0] == "end":
        return "Sans reconduction tacite : le contrat prend fin à son terme, sauf nouvel accord."
    if renewed[0] == "open_ended":
        return "Reconduction tacite, pour une durée indéterminée."
    first, second = terms[0].day, terms[1].day
    period = f"{(second.year - first.year) * 12 + second.month - first.month} mois"
    if renewed[-1] == "period":
        return f"Reconduction tacite, par périodes de {period}."
    times = "une fois" if len(terms) == 2 else f"{len(terms) - 1} fois"
    then = " ; le contrat prend ensuite fin à son terme, sauf nouvel accord."
    then = ", puis pour une durée indéterminée." if renewed[-1] == "open_ended" else then
    return f"Reconduction tacite, {times} pour {period}{then}"


def promised(sentences: Iterable[str]) -> Mapping[str, bool]:
    """Return whether a quote asks for a notice: in the first term, in later ones, and without a term."""
    asked: dict[str, bool] = {}
    for sentence in sentences:
        found = re.search(r"réavis (?::|de) \d+ mois|ans préavis", sentence)
        since = next((stage for stage, words in ONCE.items() if words in sentence), "first")
        stages = STAGES[STAGES.index(since) :]
        if found:
            asked |= dict.fromkeys(stages, "mois" in found[0])
    return asked


def kept_on(offer: Offer, kind: CustomerKind) -> Iterator[tuple[str, date]]:
    """Yield the day after one on which a notice is too late, or given without a term, and where the contract stands.

    The end of a term at which the contract ends by itself shows nothing.
    """
    since = SIGNED
    for number, end in enumerate(ends(offer, kind)):
        if end.day > since and end.renewal != "end":
            yield "renewed" if number else "first", end.day
        since = end.day
        if end.renewal == "open_ended":
            yield "open", since + 40 * DAY


@given(offers())
@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_what_a_quote_says_of_renewals_and_notice_is_what_happens(offer: Offer) -> None:
    assume(not contradictions(offer))
    decider = Decider(offer)
    for kind in KINDS:
        terms = terms_in_words(decider, kind)
        assert lived(offer, kind) in terms
        asked = promised(terms)
        for stage, end in kept_on(offer, kind):
            last = left(offer, kind, end - DAY)
            assert last is not None
            assert (stage, last > end) == (stage, asked[stage])
