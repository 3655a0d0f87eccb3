"""What `permanence addendum`, and `permanence sign` of one, print, in French."""

from rich.console import Console
from rich.text import Text

from ...model.addendum import Addendum
from ...model.contract import HOW_MANY
from ...model.event import Event
from ...model.words.french import day_in_words
from ...model.words.lines import due_in_words
from ...model.words.numbers import percent
from ...model.words.prices import cost_in_words
from ...model.words.taxes import tax_words
from .output import Record, show_sentence, show_table, table
from .quote import price_summary


def addendum_summary(addendum: Addendum, region: str) -> Record:
    """Return an addendum for a customer of a region as plain values: prices in millionths of the currency."""
    return {
        "number": addendum.number,
        "made": addendum.made.isoformat(),
        "valid_until": addendum.valid_until.isoformat(),
        "contract": addendum.contract,
        "customer": addendum.customer,
        "offer": addendum.offer,
        "mission": addendum.mission,
        "option": addendum.option,
        "with": dict(addendum.settings),
        "title": addendum.title,
        "of": addendum.of,
        "digest": addendum.digest,
        "currency": addendum.currency,
        "vat": {"name": tax_words(region).tax, "rate_bp": addendum.vat_rate, "reason": addendum.vat_reason},
        "coverage": list(addendum.coverage),
        "discounts": list(addendum.discounts),
        "prices": [price_summary(price) for price in addendum.prices],
    }


def show_addendum(console: Console, addendum: Addendum, region: str, file: str) -> None:
    """Print an addendum: for whom, which option of which version, its prices, and the file that holds it.

    ``region`` is the customer's: the tax goes by its name there.
    """
    valid = f"{day_in_words(addendum.made)}, valable jusqu'au {day_in_words(addendum.valid_until)} inclus"
    head = (
        ("Date", valid),
        ("Client", addendum.customer),
        ("Contrat", ", ".join(filter(None, (addendum.offer, addendum.mission_title)))),
        ("Option", f"{addendum.title}{_settled(addendum)}, de {addendum.of}"),
    )
    console.print(Text(f"Avenant {addendum.number} au contrat {addendum.contract}", style="bold"))
    for name, value in head:
        console.print(Text(f"{name:11}", style="dim") + Text(value), soft_wrap=True)
    console.print()
    rows = [
        (price.label, cost_in_words(price, addendum.currency).fr, due_in_words(price).fr) for price in addendum.prices
    ]
    show_table(console, table("Prix de l'option, hors taxes", ("", "Prix", ""), rows, numbers=(1,)))
    for discount in addendum.discounts:
        show_sentence(console, f"{discount}.")
    vat = f"{tax_words(region).tax} {percent(addendum.vat_rate)}" if addendum.vat_rate else addendum.vat_reason
    show_sentence(console, f"S'y ajoute la taxe : {vat}." if addendum.vat_rate else f"{vat}.")
    if addendum.coverage:
        console.print()
        console.print(Text("Horaires avec cette option", style="bold"))
        for sentence in addendum.coverage:
            console.print(Text(f"- {sentence}"), soft_wrap=True)
    console.print()
    console.print(Text(f"Tous les autres prix restent ceux de {addendum.offer}.", style="bold"), soft_wrap=True)
    if file:
        console.print(Text(f"Enregistré : {file}"), soft_wrap=True)


def _settled(addendum: Addendum) -> str:
    """Return how many of the option are asked for, and what is settled of it, behind its name."""
    settings = addendum.settings
    several = f" × {settings[HOW_MANY]}" if HOW_MANY in settings else ""
    settled = ", ".join(f"{name} {value}" for name, value in settings.items() if name != HOW_MANY)
    return f"{several} ({settled})" if settled else several


def added_summary(event: Event, file: str) -> Record:
    """Return what was signed as plain values."""
    return {
        "contract": event.contract,
        "file": file,
        "quote": event.quote,
        "option": event.option,
        "of": event.of,
        "signed": event.on.isoformat(),
    }


def show_added(console: Console, event: Event, title: str, file: str) -> None:
    """Print that an addendum was signed, by the title of its option, and the file that holds its event."""
    told = f"Contrat {event.contract} : option « {title} » de {event.of}, avenant {event.quote}"
    console.print(Text(told), soft_wrap=True)
    console.print(Text(f"Signé le {day_in_words(event.on)} : {file}"), soft_wrap=True)
