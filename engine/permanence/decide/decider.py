"""The face of this package: what is wrong with an offer's rules, and what they decide."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import get_args

from attrs import frozen

from ..model.decision import Decision
from ..model.facts import FactValue, Stage, Vocabulary
from ..model.offer import Offer, Rule
from ..model.problem import Place, Problem, Refused
from .cases import MOST_IN_ALL, Group, NumberCells, groups
from .condition import ParsedRule, facts_read
from .condition_text import parse
from .conflicts import conflicts
from .decisions import Decisions
from .fences import fence_problems
from .ruleset import NotDecided
from .vocabulary import vocabulary, vocabulary_problems

STAGES: tuple[Stage, ...] = get_args(Stage)
OWNERS = {"setup_fee": "the set-up fee", "least": "the least of a month", "most": "the most of a month"}


class Decider(Decisions):
    """Decides which rules of an offer hold.

    It remembers what it was asked, so one is made per offer version and process. Raises Refused, with every
    problem, when a condition cannot be understood or is past a limit; `problems` also looks for conflicts.
    """

    def __init__(self, offer: Offer, read: "ReadRules | None" = None) -> None:
        """Compile the rules of an offer; ``read`` is what `read_rules` returns, where it was asked before."""
        read = read or read_rules(offer)
        if read.problems:
            raise Refused(read.problems)
        self.offer = offer
        super().__init__(offer.version, {stage: offer.rules_on(stage) for stage in STAGES}, read.groups)
        self._facts_read = {
            (stage, parsed.rule.id): facts_read(parsed.condition)
            for stage in STAGES
            for group in read.groups[stage]
            for parsed in group.rules
        }

    def numbers_compared(self, stage: Stage, fact: str) -> tuple[int, ...]:
        """Return the numbers at which what the rules of a stage say may change with a fact, rising."""
        cuts = (cut for group in self.groups(stage) for cut in group.cells if cut.fact.name == fact)
        return tuple(sorted({number for cut in cuts if isinstance(cut, NumberCells) for number in cut.breaks}))

    def facts_read(self, rule: Rule) -> tuple[str, ...]:
        """Return the names of the facts that a rule's condition reads, in the order it names them."""
        return self._facts_read[rule.on, rule.id]

    def decision(self, rule: Rule, facts: Mapping[str, FactValue]) -> Decision:
        """Return that a rule holds for some facts, with those that it read."""
        read = tuple((name, facts[name]) for name in self.facts_read(rule))
        return Decision(rule, read, rule.digest or self.offer.digest)


@frozen
class ReadRules:
    """The rules of an offer as far as they are understood, in groups by stage, and what is wrong."""

    vocabularies: Mapping[Stage, Vocabulary]
    groups: Mapping[Stage, tuple[Group, ...]]
    problems: tuple[Problem, ...]


def problems(offer: Offer) -> tuple[Problem, ...]:
    """Return everything that is wrong with an offer's rules, each conflict that some case would meet included."""
    return prove_rules(offer)[1]


def prove_rules(offer: Offer, like: Iterable[Decisions] = ()) -> tuple[Decider | None, tuple[Problem, ...]]:
    """Return who decides for an offer, None where a rule is not understood, and all that is wrong with its rules.

    Rules whose conditions are understood are put to durable-rules in every case that can occur, conflicts included.
    What was decided for offers ``like`` it is not asked again.
    """
    read = read_rules(offer)
    found, decider = list(read.problems), None
    if fence_problems([group for stage in STAGES for group in read.groups[stage]]):
        return None, read.problems
    try:
        decider = None if read.problems else Decider(offer, read)
        rules = {stage: offer.rules_on(stage) for stage in STAGES}
        decisions = decider or Decisions(offer.version, rules, read.groups)
        for other in like:
            decisions.remember(other)
        for stage in STAGES:
            decided = ((facts, fired) for _, facts, fired in decisions.every_case(stage))
            found += conflicts(decided, read.vocabularies[stage])
    except NotDecided as error:
        found.append(Problem(Place(offer.file), str(error), "let fewer rules hold at once"))
    return decider, tuple(found)


def read_rules(offer: Offer) -> ReadRules:
    """Return the rules of an offer in groups, with every problem of names, conditions and limits."""
    problems = [*vocabulary_problems(offer), *name_problems(offer)]
    vocabularies = {stage: vocabulary(offer, stage) for stage in STAGES}
    by_stage: dict[Stage, tuple[Group, ...]] = {}
    for stage in STAGES:
        parsed = []
        for order, rule in enumerate(offer.rules_on(stage)):
            try:
                parsed.append(ParsedRule(rule, parse(rule, vocabularies[stage]), order))
            except Refused as refused:
                problems += refused.problems
        found = groups(parsed, vocabularies[stage])
        too_large = [problem for problem in (group.problem() for group in found) if problem]
        problems += too_large
        by_stage[stage] = tuple(group for group in found if not group.problem())
    every = [group for stage in STAGES for group in by_stage[stage]]
    problems += [*fence_problems(every), *_too_many(every)]
    return ReadRules(vocabularies, by_stage, tuple(problems))


def _too_many(groups: Sequence[Group]) -> Iterator[Problem]:
    """Yield the problem of rules whose groups, each small enough, together have more cases than can be proved."""
    cases = sum(group.size for group in groups)
    if cases > MOST_IN_ALL:
        largest = max(groups, key=lambda group: group.size)
        what = f"the rules of the offer make {cases:,} cases, more than {MOST_IN_ALL:,}"
        hint = f"the rules that share facts with this one make {largest.size:,} of them: let them compare less"
        yield Problem(largest.rules[0].rule.place, what, hint)


def name_problems(offer: Offer) -> Iterator[Problem]:
    """Yield a problem for each written rule that has the name of a rule which the offer has of its own."""
    own = {rule.id: rule for rule in offer.rules_on("month") if rule not in offer.rules}
    for rule in offer.rules:
        if rule.id in own:
            owner = OWNERS.get(own[rule.id].then.charge, "the option")
            what = f'the rule "{rule.id}" has the name of the rule that {owner} at {own[rule.id].place} has of its own'
            yield Problem(rule.place, what, "name it otherwise")
