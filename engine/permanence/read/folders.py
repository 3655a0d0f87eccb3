"""Where rule files and contract files are kept."""

from pathlib import Path

from ..model.problem import Place, Problem, Refused


def rule_files(folder: Path) -> tuple[Path, ...]:
    """Return the rule files of a folder, by name; raise Refused when there is none."""
    return _toml_files(folder, "rule", "write one, or name another folder with --rules")


def contract_files(folder: Path) -> tuple[Path, ...]:
    """Return the contract files of a folder, by name; raise Refused when there is none."""
    return _toml_files(folder, "contract", "run `permanence contracts import`, or name another folder with --contracts")


def _toml_files(folder: Path, what: str, hint: str) -> tuple[Path, ...]:
    found = tuple(sorted(folder.glob("*.toml")))
    if not found:
        raise Refused([Problem(Place(str(folder)), f"there is no {what} file here", hint)])
    return found
