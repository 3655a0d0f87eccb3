"""`check` of offers with very many bands, against that of an offer as it is sold: ``python -m bench.large_offers``."""

import subprocess
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.apart import OUT, run_apart
from bench.command_run import COMMAND, WHOLE
from bench.figures import shown, span
from bench.rounds import Spread

ROOT = Path(__file__).parents[1]
SOLD = ROOT / "rules" / "essentielle-2023-01-01.toml"
BANDS = (300, 1_000)
ROUNDS = 3
OFFER = """format = 1

[offer]
id = "large-{bands}"
title = "Large"
sold_from = 2026-01-01
mission = ["simple", "complex"]

[term]
trial = "0 days"
commitment = "0 days"
renewal_period = "open_ended"
notice = "1 month"

[coverage]

[[coverage.window]]
id = "weekdays"
days = "mon-fri"
hours = "08:00-19:00"

[bands]
steps = [
{steps}
]
then = {{ every = 10, simple = "5.00", complex = "6.00" }}

[[rule]]
id = "subscription"
on = "month"
when = "contract.active"
then = {{ charge = "bands" }}

[[rule]]
id = "leave"
on = "notice"
when = "notice.received"
then = {{ end = "notice_end" }}
"""


def written(folder: Path, bands: int) -> Path:
    """Return a rule file of so many bands, with the examples that show all that it says."""
    path = folder / f"large-{bands}.toml"
    steps = (f'    {{ up_to = {10 * n}, simple = "{5 * n}.00", complex = "{6 * n}.00" }},' for n in range(1, bands + 1))
    path.write_text(OFFER.format(bands=bands, steps="\n".join(steps)), encoding="utf-8")
    subprocess.run([COMMAND, "check", path, "--write-examples"], cwd=folder, stdout=subprocess.DEVNULL, check=False)
    return path


def main() -> None:
    """Print what `check` of each offer costs, and how many times as much as that of an offer as it is sold."""
    folder = OUT / "large"
    folder.mkdir(parents=True, exist_ok=True)
    files = {"as it is sold": SOLD, **{f"{bands:,} bands": written(folder, bands) for bands in BANDS}}
    rounds = [
        {name: run_apart("bench.command_run", folder, "check", path).cpu[WHOLE] for name, path in files.items()}
        for _ in range(ROUNDS)
    ]
    table = Table("Offer", "CPU seconds", "Range", "× the one sold", title=f"check; {ROUNDS} rounds")
    for name in files:
        ratio = Spread(one[name] / one["as it is sold"] for one in rounds)
        seconds = Spread(one[name] for one in rounds)
        table.add_row(name, shown(seconds.median), span(seconds), shown(ratio.median))
    Console().print(table)


if __name__ == "__main__":
    main()
