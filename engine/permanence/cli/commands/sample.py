"""`permanence sample`."""

from pathlib import Path

import click

from ...model.problem import Place, Problem, Refused
from ..console import out, print_json, step
from ..sample import generate, months_of, write
from ..typed import FOLDER, MOST, example, json_option


@click.command()
@click.argument("folder", type=FOLDER)
@click.option(
    "--seed",
    type=click.IntRange(0, MOST),
    default=1,
    show_default=True,
    help="Another seed, another answering service.",
)
@click.option("--contracts", type=click.IntRange(1, MOST), default=120, show_default=True, help="How many customers.")
@click.option("--months", default="2026-09..2026-10", show_default=True, help="Which months of calls.")
@json_option
@example("permanence sample demo")
def sample(folder: Path, seed: int, contracts: int, months: str, as_json: bool) -> None:
    """Write an invented answering service into FOLDER: a customer list, and call records as Asterisk writes them."""
    try:
        made = generate(seed, contracts, months_of(months))
    except ValueError as error:
        raise Refused([Problem(Place("permanence sample"), str(error), "see permanence sample --help")]) from error
    with step("sample"):
        paths = [str(path) for path in write(made, folder)]
    if as_json:
        print_json({"files": paths})
    else:
        out().print("\n".join(paths))
