"""`permanence calls new-format`."""

from pathlib import Path

import click

from ....model.problem import Place, Problem, Refused
from ....read.calls.mapping_file import load_format
from ....read.files import create_file
from ....read.formats.drafted import draft_format
from ....read.formats.head import read_head
from ...console import out, print_json
from ...screens.call_formats import show_draft_format
from ...typed import FILE, example, json_option


@click.command("new-format")
@click.argument("file", type=FILE)
@click.option("--to", "target", type=FILE, help="Where the mapping is written; absent: FILE's name with .toml.")
@json_option
@example("permanence calls new-format appels.csv --to standard.toml")
def new_format(file: Path, target: Path | None, as_json: bool) -> None:
    """Draft a mapping for a file of call records that no ready mapping fits.

    Columns, forms of times and of durations are guessed from the first records; comments say why, and what has to be
    decided. See `permanence calls try` for what it makes of the file.
    """
    path = target or Path(f"{file.name.removesuffix('.gz').rsplit('.', 1)[0]}.toml")
    draft = draft_format(read_head(file))
    try:
        create_file(path, draft.text.encode())
    except FileExistsError as error:
        hint = "name another file with --to, or move it away"
        raise Refused([Problem(Place(str(path)), "is there already", hint)]) from error
    problems: tuple[Problem, ...] = ()
    try:
        load_format(str(path) if path.suffix == ".toml" else f"{path}.toml")
    except Refused as refused:
        problems = refused.problems
    left = [*draft.left, *(f"{one.where}: {one.what}" for one in problems)]
    if as_json:
        print_json({"file": path.as_posix(), "to_decide": left})
    else:
        show_draft_format(out(), file, path, left)
