"""Rule files as tests of pytest: each example is one, and everything else that is wrong with the file one more."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from ..model.problem import Problem, Refused, errors
from ..offers.check.files import check_files
from ..offers.form import read_offer
from ..plugin_manager import Plugins
from ..read.settings import settings_in

WHOLE_FILE = "check"
HEADER = re.compile(r"[ \t]*\[\[?(?![\[ \t]*example[ \t]*\.)")
"""The header of a table that is no part of an example."""


class RuleFile(pytest.File):
    """A rule file, checked when the first of its tests runs."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield the tests: the whole file, then its examples by title."""
        yield RuleTest.from_parent(self, name=WHOLE_FILE, lines=range(0))
        for title, lines in self.examples.items():
            yield RuleTest.from_parent(self, name=title, lines=lines)

    @cached_property
    def installed(self) -> Plugins:
        """Return the plugins of this installation, without those that `permanence.toml` where pytest runs names."""
        return Plugins.installed(settings_in(self.config.invocation_params.dir).without)

    @cached_property
    def examples(self) -> Mapping[str, range]:
        """Return the lines of each example, by title: up to the next header; none when the file cannot be read."""
        offer = read_offer(self.path, self.installed.options).offer
        if offer is None:
            return {}
        texts = offer.text.split("\n")
        headers = [number for number, text in enumerate(texts, 1) if HEADER.match(text)]
        ends = dict(zip(headers, [*headers[1:], len(texts) + 1], strict=True))
        starts = {example.title: example.place.line for example in offer.examples}
        return {title: range(start, ends.get(start, start + 1)) for title, start in starts.items()}

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Return what `permanence check` says of the file, and of the contracts in the folder beside its own."""
        here, folder = self.config.invocation_params.dir, self.path.parent
        shown = self.path.relative_to(here) if self.path.is_relative_to(here) else self.path
        return check_files([Path(shown)], folder, folder.parent / "contracts", self.installed).problems

    @property
    def others(self) -> tuple[Problem, ...]:
        """Return the problems that lie in no example."""
        shown = {line for lines in self.examples.values() for line in lines}
        return tuple(problem for problem in self.problems if problem.where.line not in shown)


class RuleTest(pytest.Item):
    """An example on some ``lines`` of a rule file, or, without lines, everything else that is wrong with the file."""

    parent: RuleFile

    def __init__(self, *, lines: range, **given: Any) -> None:
        super().__init__(**given)
        self._lines = lines

    def runtest(self) -> None:
        """Raise Refused with the test's problems; an example of a file with other problems is not tried."""
        others = self.parent.others
        found = tuple(one for one in self.parent.problems if one.where.line in self._lines) if self._lines else others
        if wrong := errors(found):
            raise Refused(wrong)
        if self._lines and errors(others):
            pytest.skip(f'the file has other problems: see "{WHOLE_FILE}"')

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return our own message for problems, and pytest's for everything else."""
        return str(excinfo.value) if isinstance(excinfo.value, Refused) else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the test stands, lines counted from 0, and its title."""
        return self.path, max(self._lines.start - 1, 0), self.name
