"""A plugin that cannot be used stops what needs one of its options, and nothing else."""

import re
import shutil
import sys
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from permanence.cli.compared_again import ComparedAgain
from permanence.model.basis import MonthsOutdated

from tests.cli.conftest import SMALL_OFFER
from tests.cli.typed import out, refused, typed, values
from tests.plugins.distributions import Installed, fax, installed

__all__ = ["installed"]
WITH_FAX = "telecopie@2026-01-01"
CUSTOMER = """account,line,customer,kind,region,mission,signed,live,options,note
F0001,+33199000008,Salon Rouge,professional,FR,simple,2026-01-02,2026-01-02,{},
"""
WARNED = (
    'stranger 1.0: warning: its plugin "stranger" could not be loaded: ModuleNotFoundError: No module named '
    "'not_there'; remove or mend that distribution, or go without it: --without stranger:stranger"
)
WHY = 'a plugin is not used: stranger 1.0: its plugin "stranger" could not be loaded: ModuleNotFoundError: No module'


@pytest.fixture
def broken(small: Path, tmp_path: Path, installed: Installed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sell two offers in the current folder, of which one has an option whose plugin cannot be loaded any more."""
    here = tmp_path / "here"
    shutil.copytree(small, here)
    monkeypatch.chdir(here)
    text = Path("rules/small.toml").read_text("utf-8").replace('id = "accueil"', 'id = "telecopie"')
    head, example, examples = text.partition("\n[[example]]")
    Path("rules/fax.toml").write_text(f'{head}\n[option.fax]\nprice = "5.00"\n{example}{examples}', "utf-8")
    Path("fax.csv").write_text(CUSTOMER.format("fax"), "utf-8")
    installed("stranger", fax("fax"))
    out("contracts", "import", "fax.csv", "--offer", WITH_FAX)
    Path(sys.modules.pop("stranger_plugin").__file__ or "").write_text("import not_there\n", "utf-8")


@pytest.mark.usefixtures("broken")
def test_other_contracts_are_billed_and_the_one_that_needs_it_waits() -> None:
    result = typed("bill", "2026-02", "--on", "2026-03-02")
    assert result.exit_code == 0, result.output
    assert result.stderr.splitlines() == [WARNED]
    billed, _, waiting = result.stdout.partition("En attente")
    assert f"{SMALL_OFFER}         2" in billed
    assert "F0001" in waiting
    told = " ".join(result.stdout.split())
    assert f"L'option « fax » de {WITH_FAX} ne peut pas être utilisée : no plugin offers the option" in told


@pytest.mark.usefixtures("broken")
def test_other_offers_are_quoted_and_the_one_that_needs_it_says_why() -> None:
    quote = ("--for", "X", "--calls", "5", "--on", "2026-09-01")
    assert typed("quote", "accueil", *quote).exit_code == 0
    assert typed("describe", SMALL_OFFER).exit_code == 0
    for words in (("describe", WITH_FAX), ("describe", "telecopie"), ("describe", "rules/fax.toml")):
        warned, told, *_ = refused(*words)
        assert warned == WARNED
        assert told.startswith(f'rules/fax.toml:34:1: no plugin offers the option "fax"; {WHY}')
    warned, told, *_ = refused("quote", "telecopie", *quote, "--option", "fax")
    assert warned == WARNED
    assert told.startswith(f'--option: the option "fax" cannot be used: no plugin offers the option "fax" ({WHY}')


@pytest.mark.usefixtures("broken")
def test_who_does_not_want_it_is_quoted_its_offer_and_signs() -> None:
    quote = ("quote", "telecopie", "--for", "X", "--calls", "5", "--on", "2026-09-01")
    assert "fax" not in out(*quote, "--save", "devis")
    (file,) = Path("devis").glob("*.toml")
    out(
        "sign", str(file), "--line", "+33199000009", "--on", "2026-09-02", "--live", "2026-09-03", "--contract", "F0002"
    )
    told = typed("bill", "2026-09", "--on", "2026-10-02", "--incomplete").stdout.partition("En attente")
    assert re.search(rf"{WITH_FAX} +1 ", told[0])
    assert "F0002" not in told[2]


@pytest.mark.usefixtures("broken")
def test_an_option_that_cannot_say_its_prices_stops_its_own_contracts_and_commands_alone() -> None:
    module = Path(next(one for one in sys.path if Path(one, "stranger_plugin.py").exists()), "stranger_plugin.py")
    module.write_text(fax("fax") + "\nFax.prices = lambda self: 1 / 0\n", "utf-8")
    out("quote", "telecopie", "--for", "X", "--calls", "5", "--on", "2026-01-03", "--save", "devis")
    (file,) = Path("devis").glob("*.toml")
    out(
        "sign", str(file), "--line", "+33199000009", "--on", "2026-01-04", "--live", "2026-01-05", "--contract", "F0002"
    )
    billed, _, waiting = out("bill", "2026-02", "--on", "2026-03-02").partition("En attente")
    assert re.search(rf"{WITH_FAX} +1 ", billed)
    told = " ".join(waiting.split())
    cause = "the option « fax » (stranger 1.0) cannot say its prices: ZeroDivisionError: division by zero"
    assert f"L'option « fax » (stranger 1.0) de {WITH_FAX} ne peut pas être utilisée : {cause}" in told
    assert "F0002" not in told
    assert "à refaire" not in out("months", "--on", "2026-03-02")
    assert any(one.startswith(f"rules/fax.toml:34:1: {cause}") for one in refused("check"))
    assert refused("describe", "telecopie")


@pytest.mark.usefixtures("broken")
def test_who_was_quoted_its_offer_while_it_could_be_used_signs_what_he_was_quoted() -> None:
    broken = Path(next(one for one in sys.path if Path(one, "stranger_plugin.py").exists()), "stranger_plugin.py")
    module = broken.read_text("utf-8")
    broken.write_text(fax("fax"), "utf-8")
    quote = ("quote", "telecopie", "--for", "X", "--calls", "5", "--on", "2026-09-01", "--save", "devis")
    assert "Télécopie" in out(*quote)
    (file,) = Path("devis").glob("*.toml")
    sys.modules.pop("stranger_plugin")
    broken.write_text(module, "utf-8")
    sign = ("sign", str(file), "--line", "+33199000009", "--on", "2026-09-02")
    assert typed(*sign).exit_code == 0


@pytest.mark.usefixtures("broken")
def test_its_contract_has_a_calendar_and_its_life_cannot_be_played() -> None:
    for name in ("C0001", "F0001"):
        assert typed("calendar", name, "--on", "2026-05-05").exit_code == 0
    warned, told, *_ = refused("simulate-life", "F0001", "--until", "2026-03-01", "--calls", "5/month")
    assert warned == WARNED
    assert "ne peut pas être utilisée : no plugin offers the option" in told


@pytest.mark.usefixtures("broken")
def test_check_tells_the_offer_that_needs_it_and_is_well_without_that_file() -> None:
    assert typed("check", "rules/small.toml").exit_code == 0
    warned, *told = refused("check", "rules/fax.toml")
    assert warned == WARNED
    assert any('no plugin offers the option "fax"' in one for one in told)


@pytest.mark.usefixtures("broken")
def test_who_switches_it_off_is_not_warned() -> None:
    result = typed("bill", "2026-02", "--on", "2026-03-02", "--without", "stranger")
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.usefixtures("broken")
def test_a_plugin_that_is_not_there_cannot_be_switched_off() -> None:
    (told,) = refused("options", "--without", "strangr")
    assert told == '--without: there is no plugin "strangr"; did you mean "stranger"?'


@pytest.mark.usefixtures("broken")
def test_an_installation_settles_which_plugins_it_does_without() -> None:
    Path("permanence.toml").write_text('without = ["stranger:stranger"]\n', "utf-8")
    result = typed("bill", "2026-02", "--on", "2026-03-02")
    assert (result.exit_code, result.stderr) == (0, "")
    Path("permanence.toml").write_text('without = ["permanence", "strangers"]\n', "utf-8")
    told, *_ = typed("options").stderr.splitlines()
    assert told == 'permanence.toml:1:26: warning: there is no plugin "strangers"; did you mean "stranger"?'
    Path("permanence.toml").write_text("witout = []\n", "utf-8")
    (told,) = [one for one in refused("options") if one.startswith("permanence.toml")]
    assert told == 'permanence.toml:1:1: unknown key "witout"; did you mean "without"?'


@pytest.mark.usefixtures("broken")
def test_each_plugin_is_listed_with_what_it_brings_and_what_is_not_used_with_why() -> None:
    shown = out("options", "--verbose", "--without", "permanence:sms")
    assert "permanence:bilingual · permanence 0.1.0\n  options  bilingual\n  hooks    register_options\n" in shown
    assert 'permanence:sms · permanence 0.1.0 · not used\n  its plugin "sms" is switched off; ' in shown
    assert 'stranger:stranger · stranger 1.0 · not used\n  its plugin "stranger" could not be loaded: ' in shown
    assert "[option.sms]" not in shown
    (off, failed) = values("options", "--verbose", "--without", "permanence:sms")["not_used"]
    assert (off["plugin"], off["switched_off"]) == ("permanence:sms", True)
    assert failed["what"].endswith("ModuleNotFoundError: No module named 'not_there'")


@pytest.mark.usefixtures("broken")
def test_a_plugin_of_which_an_option_is_refused_is_listed_once(installed: Installed) -> None:
    installed("half", fax("pigeon").replace('Words("Télécopie", "Fax")', "None"))
    installed("none", fax("parrot").replace("return [Fax]", "return 7"))
    shown = out("options", "--verbose")
    assert shown.count("half:stranger · ") == shown.count("none:stranger · ") == 1
    assert '  not used option "pigeon": its label is None' in shown
    assert "none:stranger · none 1.0 · not used" in shown


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize(("without", "warned"), [((), [WARNED]), (("--without", "stranger"), [])])
def test_pages_are_made_without_what_is_switched_off(
    monkeypatch: pytest.MonkeyPatch, without: tuple[str, ...], warned: list[str]
) -> None:
    out("bill", "2026-02", "--on", "2026-03-02")
    found: list[MonthsOutdated] = []

    def serve(*arguments: Any) -> None:
        (compare,) = [one for one in arguments if isinstance(one, ComparedAgain)]
        page = Thread(target=lambda: found.append(compare()))
        page.start()
        page.join()

    monkeypatch.setattr(import_module("permanence.cli.commands.browse"), "serve", serve)
    result = typed("browse", *without)
    assert (result.exit_code, result.stderr.splitlines()) == (0, warned)
    assert found == [MonthsOutdated((), in_full=True)]


@pytest.mark.usefixtures("broken")
def test_the_options_of_others_are_listed() -> None:
    result = typed("options")
    assert result.exit_code == 0
    assert "[option.sms]" in result.stdout
    assert result.stderr.splitlines() == [WARNED]


OTHERS = (
    ("months", "--on", "2026-05-05"),
    ("deadlines", "--on", "2026-05-05"),
    ("simulate-life", "C0001", "--until", "2026-03-01", "--calls", "5/month"),
    ("calls", "find", "1"),
    ("contracts", "pin", "C0001", "--correct"),
    ("diff", SMALL_OFFER, "new.toml"),
    ("impact", "new.toml", "--against", SMALL_OFFER, "--months", "2026-02"),
    ("sign", "quotes/X.toml", "--line", "+33199000009", "--on", "2026-09-02"),
    ("new-offer", "--from", SMALL_OFFER, "--sold-from", "2027-01-01"),
    ("explain", "2026-02-C0001"),
    ("check", "--schema"),
)
"""Commands of which none needs the option."""


@pytest.mark.usefixtures("broken")
def test_whatever_does_not_need_it_goes_on_and_warns_once() -> None:
    out("bill", "2026-02", "--on", "2026-03-02")
    for words in OTHERS:
        result = typed(*words)
        assert (result.exit_code, result.stderr.splitlines()) in [(0, [WARNED]), (0, [])], words
    assert "F0001" in out("deadlines", "--on", "2026-05-05")
