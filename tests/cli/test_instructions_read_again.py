"""What agents do with a contract's calls, as the pages of the staff ask for it: by what is on file now."""

import shutil
from pathlib import Path

import pytest
from permanence.cli.compared_again import ComparedAgain
from permanence.model.problem import Refused
from permanence.plugin_manager import Plugins
from permanence.store.migrations import BILLING
from permanence.store.opening import open_to_write


def test_instructions_are_read_again_when_a_file_changes(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    shutil.copytree(small, here)
    monkeypatch.chdir(here)
    open_to_write(Path("billing.db"), BILLING).close()
    file = Path("contracts/customers.toml")
    told = ComparedAgain(
        Path("billing.db"), Path("calls.db"), Path("rules"), Path("contracts"), Plugins.installed(), Path("sellers")
    )
    before = told.instructions("C0001")
    assert before is not None
    assert (before.now, before.later, told.instructions("C0009")) == ((), (), None)
    file.write_text(
        file.read_text("utf-8").replace(
            'id = "C0001"', 'id = "C0001"\ninstruction = [{ text = "Prenez un message." }]', 1
        ),
        "utf-8",
    )
    after = told.instructions("C0001")
    assert after is not None
    assert [one.text for one in after.now] == ["Prenez un message."]
    file.write_text("no TOML", "utf-8")
    with pytest.raises(Refused):
        told.instructions("C0001")
