"""`permanence describe`."""

from datetime import datetime
from pathlib import Path

import click

from ...model.option_failed import OptionFailed
from ...model.scalars import Language
from ...offers.tell.description import Description
from ...offers.tell.description import describe as described
from ...publish.description_page import description_page
from ...read.files import replace_file
from ..console import print_json
from ..offer_named import language_option, offer_named
from ..plugins_in_use import plugins_in_use, without_option
from ..screens.description import description_summary, description_text
from ..screens.spoken import spoken
from ..typed import FILE, example, json_option, on_option, rules_option


@click.command()
@click.argument("offer")
@language_option
@click.option("--html", type=FILE, help="Write it to this file too, as a page to print.")
@on_option
@rules_option
@without_option
@json_option
@example("permanence describe essentielle --lang en")
def describe(
    offer: str, language: Language, html: Path | None, on: datetime | None, rules: Path, as_json: bool
) -> None:
    """Tell an OFFER as a salesperson reads it out: what customers ask, and the answers, in Markdown.

    OFFER is a rule file, a version, whenever it is sold, or an id: then the version on sale on the day.
    """
    plugins = plugins_in_use()
    decider = offer_named(offer, "OFFER", rules, on, plugins)
    sold = decider.offer
    try:
        told = described(sold, decider)
    except OptionFailed as failure:
        raise failure.refused(plugins.blame(failure.option)) from failure
    if html:
        replace_file(html, _page(told, language).encode())
    if as_json:
        print_json(description_summary(sold, told, language))
    else:
        click.echo(description_text(told, language))


def _page(told: Description, language: Language) -> str:
    answers = [
        (spoken(answer.question, language), [spoken(words, language) for words in answer.sentences])
        for answer in told.answers
    ]
    return description_page(language, spoken(told.title, language), spoken(told.sold, language), answers)
