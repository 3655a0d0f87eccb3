"""What a plugin may rely on does not change unseen: its names are on record, and one that goes warns before."""

import tomllib
from pathlib import Path

import permanence
import pytest

from tests.plugins.face import face

ROOT = Path(__file__).parents[2]
RECORD = Path(__file__).with_name("face.txt")


def numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def test_the_names_for_plugins_are_those_on_record() -> None:
    assert list(face()) == RECORD.read_text("utf-8").splitlines(), (
        "python -m tests.plugins.face > tests/plugins/face.txt"
    )


def test_the_face_has_the_version_of_the_product() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert permanence.__version__ == project["version"]


def test_a_former_name_is_what_it_is_called_now_and_warns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(permanence, "_RENAMED", {"Fee": ("Charge", "0.3")})
    told = "permanence.Fee is called permanence.Charge now, and is gone in permanence 0.3"
    with pytest.warns(DeprecationWarning, match=told) as warned:
        assert permanence.Fee is permanence.Charge
    assert warned[0].filename == __file__


def test_no_former_name_outlives_its_version() -> None:
    for name, (now, gone) in permanence._RENAMED.items():
        assert now in permanence.__all__, name
        assert numbers(gone) > numbers(permanence.__version__), name
