"""Commands as a user types them, and what comes back."""

import json
import re
from typing import Any

from click.testing import CliRunner, Result
from permanence.cli.main import main

WIDE = {"COLUMNS": "200"}


def typed(*words: str) -> Result:
    """Return what a command prints and how it ends; a traceback is an error of the test."""
    return CliRunner().invoke(main, words, prog_name="permanence", env=WIDE, catch_exceptions=False)


def out(*words: str) -> str:
    """Return what a command prints that ends well."""
    result = typed(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def values(*words: str) -> Any:
    """Return what a command that ends well prints for scripts."""
    return json.loads(out(*words, "--json"))


def found_wrong(*words: str) -> list[Any]:
    """Return what `check` finds, but what contracts lack before an invoice is issued: here nobody issues any."""
    return [one for one in values("check", *words)["problems"] if "no invoice can be issued" not in one["what"]]


def refused(*words: str) -> list[str]:
    """Return the problems of a command that changes nothing, line by line."""
    result = typed(*words)
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    *problems, ending = result.stderr.splitlines()
    assert re.fullmatch(
        r"(1 problem|\d+ problems)(, (1 warning|\d+ warnings))?(; nothing was done\.| in (1 file|\d+ files))", ending
    )
    return problems
