"""Writes the table of hostile plugins into `docs/plugins.md`: `python -m tests.plugins.hostile`."""

from pathlib import Path

from . import HEAD, rows

page = Path(__file__).parents[3] / "docs" / "plugins.md"
before, _, rest = page.read_text("utf-8").partition(HEAD)
after = rest.partition("\n\n")[2]
page.write_text(before + "\n".join(rows()) + "\n\n" + after, encoding="utf-8")
