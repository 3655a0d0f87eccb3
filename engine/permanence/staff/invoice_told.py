"""The invoice page's content: the invoice, its lines with their rules, VAT, and the calls behind."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from ..model.period import Month
from ..model.words.french import day_in_words, days_of_line
from ..model.words.own_titles import Titles, marks_told, mission_told, reason_told, value_told
from ..model.words.taxes import tax_words
from .issued_told import issued_of
from .own_titles import titles_of

NO_TITLES: Titles = {}
TABLES = (
    "invoice",
    "contract",
    "offer",
    "run",
    "line",
    "rule",
    "line_fact",
    "vat",
    "usage",
    "work_done",
    "title",
    "issued",
)
WHOSE = ("customer", "kind", "region", "mission")
"""What an invoice says of whose it is: those billed before it was kept have it of the contract."""
INVOICE = """
select
  invoice.*,
  coalesce(invoice.customer, contract.customer) as its_customer, coalesce(invoice.kind, contract.kind) as its_kind,
  coalesce(invoice.region, contract.region) as its_region, coalesce(invoice.mission, contract.mission) as its_mission,
  offer.title as offer_title, offer.version, run.missing_days
from invoice
join contract on contract.id = invoice.contract
join offer on offer.id = invoice.offer
join run on run.id = invoice.month
where invoice.id = :id
"""
LINES = """
select
  line.*, rule.name as rule_name, rule.condition, rule.why, rule.file as rule_file, rule.line as rule_line,
  rule.offer as rule_offer, rule.file = offer.file as of_offer
from line
join rule on rule.id = line.rule
join offer on offer.id = rule.offer
where line.invoice = :id
order by line.position
"""
FACTS = """
select line_fact.line, line_fact.name, line_fact.value, fact.meaning, fact.unit
from line_fact
join line on line.id = line_fact.line
join fact on fact.id = line_fact.name
where line.invoice = :id
order by line.position, line_fact.name
"""
VAT = "select * from vat where invoice = :id order by rate_bp desc"
USAGE = """
select * from usage
where invoice = :id
order by case outcome when 'counted' then 1 when 'outside' then 2 when 'excluded' then 3 else 4 end, calls desc, id
"""
WORK = """
select work_done.* from work_done
join invoice on invoice.month = work_done.month and invoice.contract = work_done.contract
where invoice.id = :id
order by work_done.what, work_done.outcome
"""


async def context(billing: Any, key: str) -> dict[str, Any] | None:
    """Return what the page of an invoice shows, None when there is no such invoice."""

    async def rows(sql: str) -> list[dict[str, Any]]:
        return [dict(row) for row in await billing.execute(sql, {"id": key})]

    found = await rows(INVOICE)
    if not found:
        return None
    found[0] |= {name: found[0].pop(f"its_{name}") for name in WHOSE}
    titles = await titles_of(billing, found[0]["month"], found[0]["version"])
    facts = {line: list(read) for line, read in groupby(await rows(FACTS), lambda fact: fact["line"])}
    usage, month = [_with_titles(row, titles) for row in await rows(USAGE)], Month.parse(found[0]["month"])
    lines = [
        {
            **line,
            "span": days_of_line(line["first_day"], line["last_day"], month),
            "facts": [fact_in_words(**fact, titles=titles) for fact in facts.get(line["id"], [])],
        }
        for line in await rows(LINES)
    ]
    return {
        "invoice": found[0],
        "mission": mission_told(titles, found[0]["mission"]),
        "taxes": tax_words(found[0]["region"]),
        "served": served(found[0]),
        "issued": await issued_of(billing, found[0]["contract"], found[0]["month"]),
        "lines": [line for line in lines if not line["apart"]],
        "deposits": [line for line in lines if line["apart"]],
        "vat": await rows(VAT),
        "usage": usage,
        "work": [{**row, "title": titles.get("work", {}).get(row["what"], row["what"])} for row in await rows(WORK)],
        "usage_calls": sum(row["calls"] for row in usage),
    }


def served(invoice: Mapping[str, Any]) -> str:
    """Return the days served, which lie in one month: ``du 12 au 31 octobre 2026 (20 jours)``."""
    start, days = date.fromisoformat(invoice["served_from"]), invoice["served_days"]
    if days < 1:
        return "aucun jour"
    if days == 1:
        return f"le {day_in_words(start)} (1 jour)"
    last = start + timedelta(days=days - 1)
    return f"du {day_in_words(start).split()[0]} au {day_in_words(last)} ({days} jours)"


def _with_titles(calls: Mapping[str, Any], titles: Titles) -> dict[str, Any]:
    reason, marks = reason_told(titles, calls["reason"]), marks_told(titles, calls["marks"])
    return {**calls, "reason_title": reason, "marks_title": marks}


def fact_in_words(
    name: str, value: str, meaning: str, unit: str, titles: Titles = NO_TITLES, **_line: str
) -> dict[str, str]:
    """Return a fact that a rule read: its name, what it means, its value with its unit."""
    called = titles.get("fact", {}).get(name, meaning)
    return {"name": name, "meaning": called, "value": value_told(titles, name, value, unit)}
