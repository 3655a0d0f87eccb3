"""Which versions of the engine a plugin requires, and whether the one that runs is among them."""

from collections.abc import Iterable, Iterator

ENGINE = "permanence"


def engine_required(requirements: Iterable[str]) -> str:
    """Return which versions of the engine a distribution requires, as its ``Requires-Dist`` say: ``>=0.1,<0.3``.

    Nothing where it requires any; what cannot be read is returned as it is written.
    """
    ours = [text for text in requirements if text.lower().startswith(ENGINE)]
    return ",".join(filter(None, _specifiers(ours))) if ours else ""


def _specifiers(requirements: Iterable[str]) -> Iterator[str]:
    # Hardly a plugin requires anything but the engine in some version: what reads versions is loaded where one does.
    from packaging.requirements import InvalidRequirement, Requirement

    for text in requirements:
        try:
            read = Requirement(text)
        except InvalidRequirement:
            yield text[len(ENGINE) :]
            continue
        if read.name.lower() == ENGINE and (not read.marker or read.marker.evaluate({"extra": ""})):
            yield str(read.specifier)


def unfit(requires: object, running: str) -> str:
    """Return that a plugin requires another version of the engine than the one that runs; nothing where it does not."""
    if requires == "":
        return ""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        fits = SpecifierSet(str(requires)).contains(running, prereleases=True)
    except InvalidSpecifier:
        return f'it requires {ENGINE} {requires!r}, and must name versions: ">=0.1,<0.3"'
    return "" if fits else f"it requires {ENGINE} {requires}, and {running} runs"
