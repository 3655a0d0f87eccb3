"""The mapping that a file of call records is read with: the one that is named, or the one that its first lines show."""

from collections.abc import Sequence
from pathlib import Path

import click
from attrs import field, frozen

from ..model.problem import Refused
from ..model.signs import cleaned
from ..read.calls.mapping import CallFormat
from ..read.calls.mapping_file import load_format
from ..read.formats.head import read_head
from ..read.formats.ready import ready_formats
from ..read.formats.recognised import Likeness, Recognition, only_one, recognised
from .confirmation import at_terminal


@frozen(kw_only=True)
class NamedFormat:
    """A mapping, and what it was known by; nothing where somebody named it."""

    form: CallFormat
    known_by: Likeness | None = None


def format_named(path: Path, name: str | None) -> NamedFormat:
    """Return the mapping that a file is to be read with.

    Where none is named and several fit, somebody at the terminal is asked. Raises Refused where nobody is, where none
    fits, or where there is none of that name.
    """
    if name is not None:
        return NamedFormat(form=load_format(name))
    found = recognised(read_head(path), ready_formats().values())
    fitting = _asked(path, found) if len(found.fitting) > 1 and at_terminal() else only_one(str(path), found)
    return NamedFormat(form=fitting.form, known_by=fitting)


def format_known(path: Path) -> NamedFormat:
    """Return the one ready mapping that fits a file, without asking anybody; raise Refused where it is not one."""
    fitting = only_one(str(path), recognised(read_head(path), ready_formats().values()))
    return NamedFormat(form=fitting.form, known_by=fitting)


@frozen
class NamedFormats:
    """The mapping of each of several files, found before any is read: nobody is asked while a bar moves."""

    found: dict[Path, NamedFormat | Refused] = field(factory=dict)

    @classmethod
    def of(cls, files: Sequence[Path], name: str | None) -> "NamedFormats":
        """Return the mappings of files; raise Refused when there is none of that name."""
        if name is not None:
            named = NamedFormat(form=load_format(name))
            return cls(dict.fromkeys(files, named))
        formats = cls()
        for file in files:
            try:
                formats.found[file] = format_named(file, None)
            except Refused as refused:
                formats.found[file] = refused
        return formats

    def form(self, file: Path) -> CallFormat:
        """Return the mapping of a file; raise Refused where none fits it."""
        found = self.found[file]
        if isinstance(found, Refused):
            raise found
        return found.form

    def recognised(self, files: Sequence[str]) -> dict[str, Likeness]:
        """Return what some files were known by, where nobody named their mapping."""
        named = {str(file): one.known_by for file, one in self.found.items() if isinstance(one, NamedFormat)}
        return {file: known for file in files if (known := named.get(file)) is not None}


def _asked(path: Path, found: Recognition) -> Likeness:
    """Return the one of several mappings that somebody chooses."""
    by_name = {one.form.name: one for one in found.fitting}
    for one in found.fitting:
        click.echo(f"  {one.form.name}: {one.form.title}", err=True)
    chosen = click.prompt(f"{cleaned(path.name)}: which of these wrote it", type=click.Choice(list(by_name)), err=True)
    return by_name[chosen]
