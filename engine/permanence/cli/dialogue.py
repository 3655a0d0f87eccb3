"""Questions with proposals, asked until the reader of rule files finds nothing wrong with what the answers make."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import click
from attrs import evolve, field, frozen

from ..model.offer import Offer
from ..model.problem import Place, Refused
from ..offers.draft.draft import OfferDraft
from ..offers.draft.new_version import draft_problems, there_already
from ..offers.draft.typed_answers import Reading, as_typed
from ..plugin_manager import Plugins
from .unanswered import refused_unanswered


def no_doubt(_answer: str) -> str:
    """Return nothing: an answer that is allowed is taken."""
    return ""


@frozen(kw_only=True)
class Question:
    """One question: its text, a proposal, how its answer is read, and what that makes of the draft.

    ``doubt`` returns what is odd about an answer that is allowed, nothing where there is none.
    """

    text: str
    proposed: str
    change: Callable[[str], OfferDraft]
    read: Reading = as_typed
    doubt: Callable[[str], str] = no_doubt


@frozen
class Dialogue:
    """Asks one question after the other; with ``yes`` it asks none, and takes what is proposed.

    What was answered before to a question is proposed when it is asked again.
    """

    plugins: Plugins
    rules: Path
    on_file: Sequence[Offer]
    yes: bool
    former: dict[str, str] = field(factory=dict)

    def ask(self, question: Question, given: str | None = None, option: str = "", new: bool = False) -> OfferDraft:
        """Return what an answer makes of the draft; one that is ``given``, by an option, is not asked for.

        ``new`` asks for a version that is not on file. Raises Refused when nobody is asked and the answer is wrong, and
        when the answers end before the questions do.
        """
        if given is not None:
            try:
                return self._judged(question, given, new)
            except Refused as refused:
                raise Refused([evolve(problem, where=Place(option)) for problem in refused.problems]) from refused
        if self.yes:
            return self._judged(question, question.proposed, new)
        doubted: list[str] = []

        def told(typed: str) -> OfferDraft:
            try:
                answer = question.read(typed.strip())
                draft = self._judged(question, answer, new)
            except ValueError as error:
                raise _again(str(error)) from error
            except Refused as refused:
                first = refused.problems[0]
                raise _again("; ".join(filter(None, (first.what, first.hint)))) from refused
            if answer not in doubted and (doubt := question.doubt(answer)):
                doubted.append(answer)
                raise _again(doubt)
            self.former[question.text] = answer
            return draft

        proposed = self.former.get(question.text, question.proposed)
        shown = _in_lines(f"{question.text} [{proposed}]:")
        with refused_unanswered(question.text):
            answered: OfferDraft = click.prompt(
                shown, default=proposed, show_default=False, prompt_suffix=" ", value_proc=told, err=True
            )
        return answered

    def _judged(self, question: Question, answer: str, new: bool) -> OfferDraft:
        draft = question.change(answer)
        path = self.rules / draft.file
        known = there_already(f"{draft.id}@{draft.sold_from}", path, self.on_file) if new else ()
        if problems := draft_problems(draft, self.plugins, self.rules) or tuple(known):
            raise Refused(problems)
        return draft


def _again(message: str) -> click.UsageError:
    """Return what has a question asked again, in lines that end between words."""
    start = "Error: "
    return click.UsageError(_in_lines(f"{start}{message}").removeprefix(start))


def _in_lines(text: str) -> str:
    return click.wrap_text(text, shutil.get_terminal_size().columns)
