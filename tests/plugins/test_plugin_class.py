"""A class of option is looked at when it is registered, at once and completely."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

import pytest
from permanence import Calls, FactField, Flags, Option, Unit, Words, frozen, key
from permanence.model.option_faults import class_faults
from permanence.plugin_manager import Plugins

from tests.installed import PLUGINS
from tests.plugins.distributions import Installed, fax
from tests.plugins.test_nine import NINE, plugins

FAXES = FactField("usage.faxes", "number", "Télécopies", "pages")
LABEL = Words("Télécopie", "Fax")


decorated = frozen(kw_only=True)


def made(kind: str = "Fax", decorate: Callable[[Any], Any] = decorated, **members: Any) -> type[Option]:
    """Return a class of option with these members, of which ``annotated`` are types of fields."""
    annotated = members.pop("annotated", {})
    body = {"id": "fax", "label": LABEL, "__annotations__": annotated, "__module__": __name__, **members}
    return decorate(type(kind, (Option,), body))  # type: ignore[no-any-return]


def measure(self: Option, calls: Calls) -> Mapping[str, Flags]:
    return {}


def asks_for_nothing(self: Option) -> None:
    return None


def said_otherwise(self: Option, windows: object) -> str:
    return ""


async def late(self: Option, month: object) -> None:
    return None


FAULTS: Mapping[str, tuple[dict[str, Any], str]] = {
    "no id": ({"id": ""}, "its id is '', and must be letters, digits, _ and - as in [option.<id>]"),
    "an id with a dot": ({"id": "my.fax"}, "its id is 'my.fax', and must be letters, digits, _ and -"),
    "an id that is a word of conditions": (
        {"id": "fax-import"},
        "its id is 'fax-import', which no condition of a rule can name: \"import\" is a word of its language",
    ),
    "an id that begins with a digit": (
        {"id": "24h"},
        "its id is '24h', which no condition of a rule can name: begin with a letter, after a - too",
    ),
    "an id that ends with a dash": ({"id": "fax-"}, "its id is 'fax-', which no condition of a rule can name: begin"),
    "an id that is no text": ({"id": 7}, "its id is 7, and must be letters, digits, _ and -"),
    "a label in one language": (
        {"label": Words("Télécopie")},
        "its label is Words(fr='Télécopie', en=''), and must be",
    ),
    "a label that is a text": ({"label": "Fax"}, "its label is 'Fax', and must be in both languages"),
    "facts that are no tuple": ({"facts": [FAXES], "measure": measure}, "its facts is [FactField("),
    "a fact that is a text": ({"facts": ("usage.faxes",), "measure": measure}, "its facts is ('usage.faxes',)"),
    "needs without a comma": ({"needs": ("sms")}, "its needs is 'sms', and must be tuple[str, ...]"),
    "measures of its own": ({"measures": "all"}, "its measures is 'all', and must be Literal['counted', 'received']"),
    "a credit in words": ({"credit": "yes"}, "its credit is 'yes', and must be bool"),
    "a fact elsewhere": (
        {"facts": (FactField("call.faxes", "number", "x"),), "measure": measure},
        'the fact "call.faxes" is no usage: name it "usage.faxes"',
    ),
    "a fact of the engine": (
        {"facts": (FactField("usage.calls", "number", "x"),), "measure": measure},
        'the fact "usage.calls" is the engine\'s own: give it another name',
    ),
    "a fact twice": ({"facts": (FAXES, FAXES), "measure": measure}, 'the fact "usage.faxes" is there twice'),
    "a fact that is a word": (
        {"facts": (FactField("usage.faxes", "word", "x"),), "measure": measure},
        'the fact "usage.faxes" is a word, and must be a "number": it is summed',
    ),
    "a fact without a meaning": (
        {"facts": (FactField("usage.faxes", "number", " "),), "measure": measure},
        'the fact "usage.faxes" has no meaning, which staff read in French',
    ),
    "a unit that nobody knows": (
        {"facts": (FactField("usage.faxes", "number", "x", "faxes"),), "measure": measure},
        'the unit "faxes" of option "fax" has no singular and plural',
    ),
    "a unit in one language": (
        {"units": {"faxes": Unit(Words("fax"), Words("fax"))}},
        'the unit "faxes" is not in both languages',
    ),
    "several of what nobody knows": ({"several": "faxes"}, 'the unit "faxes" of option "fax" has no singular'),
    "facts that nothing measures": ({"facts": (FAXES,)}, 'nothing measures "usage.faxes": write measure()'),
    "a count that is none of its facts": (
        {"facts": (FAXES,), "measure": measure, "counts": "usage.fax"},
        'it counts "usage.fax", which is none of its facts: usage.faxes',
    ),
    "what needs itself": ({"needs": ("fax",)}, 'it needs or excludes "fax", which is no other option'),
    "a method that asks for nothing": ({"charge": asks_for_nothing}, "charge() cannot be asked with 1 value: too many"),
    "a method that asks for more": ({"prices": measure}, "prices() cannot be asked with 0 values: miss"),
    "a method that answers later": ({"charge": late}, "charge() is async, and must answer at once"),
    "a method that is none": ({"prices": ()}, '"prices" is a method of every option, and cannot be anything else'),
    "windows that are said to be a text": (
        {"widen": said_otherwise},
        "widen() is said to return str, and must return windows: tuple[CoverageWindow, ...]",
    ),
    "a method of ours": ({"sold": asks_for_nothing}, '"sold" is every option\'s own: call it otherwise'),
    "a key by the name of ours": (
        {"annotated": {"quoted": str}, "quoted": key("x", default="")},
        '"quoted" is every option\'s own: call it otherwise',
    ),
    "a key by the name of what is declared": (
        {"annotated": {"units": int}, "units": key("x", default=1)},
        '"units" is what a class declares, and cannot be a key: call it otherwise',
    ),
    "no decoration": (
        {"decorate": lambda kind: kind},
        "it is not decorated: write @frozen(kw_only=True) above the class",
    ),
    "a field that is no key": (
        {"annotated": {"pages": int}, "pages": 5},
        '"pages" is no key: write pages: … = key("What it is.", default=…)',
    ),
    "a key without a type": (
        {"pages": key("x", default=1)},
        '"pages" has no type: write pages: int = key("What it is.", …)',
    ),
    "no decoration, and keys": (
        {
            "decorate": lambda kind: kind,
            "annotated": {"pages": int, "proration": str},
            "pages": key("x", default=1),
            "proration": key("x", default="full"),
        },
        "it is not decorated: write @frozen(kw_only=True) above the class",
    ),
    "facts that are said by where they are": ({"facts": [1]}, "its facts is [1], and must be tuple[FactField, ...]"),
    "units that are none": ({"units": {"a": 1}}, "its units is {'a': 1}, and must be Mapping[str, Unit]"),
    "a default of another type": (
        {"annotated": {"pages": int}, "pages": key("x", default="five")},
        "the default of \"pages\" is 'five', and must be int",
    ),
    "a default that is no word of it": (
        {"annotated": {"size": Literal["a4", "a3"]}, "size": key("x", default="a5")},
        "the default of \"size\" is 'a5', and must be Literal['a4', 'a3']",
    ),
    "a price in floats": (
        {"annotated": {"page": "ByMission"}, "page": key("x", default=0.1)},
        "the types of its keys cannot be read: name 'ByMission' is not defined",
    ),
}
"""What is wrong with a class, and how it is told."""


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_wrong_with_a_class_is_told(name: str) -> None:
    members, told = FAULTS[name]
    (found,) = class_faults(made(**members))
    assert found.startswith(told)


def test_all_that_is_wrong_with_a_class_is_told_at_once() -> None:
    wrong = made(label=Words("Télécopie"), needs="sms", charge=late, annotated={"pages": int}, pages=5)
    assert [one.split(",")[0] for one in class_faults(wrong)] == [
        "its label is Words(fr='Télécopie'",
        "its needs is 'sms'",
        "charge() is async",
        '"pages" is no key: write pages: … = key("What it is."',
    ]


def test_every_class_of_ours_and_of_the_nine_is_well() -> None:
    kinds = [*PLUGINS.options.values(), *(kind for name in NINE for kind in plugins(name).options.values())]
    assert len(kinds) > 20
    assert not [(kind, fault) for kind in kinds for fault in class_faults(kind)]


def test_a_class_that_is_refused_leaves_those_beside_it_on_sale(installed: Installed) -> None:
    text = fax("pigeon").replace("[Fax]", "[Fax, Wrong]")
    wrong = "\n@frozen(kw_only=True)\nclass Wrong(Option):\n    id = 'sms'\n    label = Words('SMS')\n"
    installed("stranger", text + wrong)
    plugins = Plugins.installed()
    assert {"pigeon", "sms"} <= set(plugins.options)
    (one,) = plugins.not_loaded
    assert one.told.startswith("stranger 1.0: option \"sms\": its label is Words(fr='SMS', en='')")


def test_a_key_that_no_file_can_have_is_told_with_its_class(installed: Installed) -> None:
    installed(
        "stranger", fax("fax", more="    pages: complex = key('x', default=1j)").replace("hookimpl", "hookimpl, key", 1)
    )
    (one,) = Plugins.installed().not_loaded
    assert one.told == 'stranger 1.0: option "fax": complex is no type that a TOML key can have'
    assert one.options == ("fax",)


def test_a_bare_value_in_place_of_a_key_of_ours_is_told(installed: Installed) -> None:
    installed("stranger", fax("fax", more="    kind = 'one_off'"))
    (one,) = Plugins.installed().not_loaded
    assert one.told.endswith(
        """TypeError: "kind" is a key of every option: write kind: … = key("…", default='one_off')"""
    )


@pytest.mark.parametrize(
    ("returned", "told"),
    [
        ("Fax", "register_options() returned Fax: return a list of classes, such as [Fax]"),
        ("None", "register_options() returned None: return a list of classes, such as [Fax]"),
        ("5", "register_options() returned 5: return a list of classes, such as [Fax]"),
        ("[5]", "5 is no class of option"),
        ("[Fax, 'sms']", "'sms' is no class of option"),
        ("__import__('itertools').repeat(Fax)", "register_options() yielded more than 1000"),
        ("[type('Meta', (type,), {})('Fax', (Option,), {})]", "<class 'stranger_plugin.Fax'> has a metaclass"),
    ],
)
def test_what_is_no_list_of_classes_is_told_with_what_to_write(installed: Installed, returned: str, told: str) -> None:
    installed("stranger", fax("fax").replace("return [Fax]", f"return {returned}"))
    (one,) = Plugins.installed().not_loaded
    assert one.told.startswith("stranger 1.0: its options could not be registered: ")
    assert told in one.told


LIARS = {
    "an id of a class of its own": ("id = type('Id', (str,), {'__eq__': lambda *a: exit(0)})('fax')", "its id is "),
    "an id that exits when it is read": (
        "id = type('Id', (), {'__get__': lambda *a: exit(0), '__str__': lambda *a: exit(0)})()",
        "its id is ",
    ),
    "an id of 100,000 signs": ("id = 'f' * 100000", "its id is "),
    "a label that gives orders to a terminal": (r"label = Words('T\x1b[31m', 'Fax')", "its label is none that can be"),
    "a label of 100,000 signs": ("label = Words('T' * 100000, 'Fax')", "its label is none that can be shown"),
    "a meaning that runs backwards": (
        r"facts = (FactField('usage.fax', 'number', 'T\u202e', 'pages'),)",
        'the meaning of the fact "usage.fax" is none that can be shown',
    ),
    "a key that no table can write": (r"n: int = key('n', name='a.b\n', default=1)", 'the key "n" is called '),
    "a key whose meaning gives orders": (r"n: int = key('n\x1b[31m', default=1)", 'the key "n" is described by '),
    **{
        f"an option that exits when it is asked for {name}": (
            f"def {name}(self, *given): exit(0)",
            f'"{name}" is how Python itself asks an object, wherever it is looked at: leave it out',
        )
        for name in ("__bool__", "__len__", "__getattribute__", "__getattr__", "__iter__", "__del__", "__format__")
    },
}


@pytest.mark.parametrize(("member", "told"), LIARS.values(), ids=LIARS)
def test_a_class_that_lies_about_itself_is_refused_by_name_and_nothing_else_is(
    installed: Installed, member: str, told: str
) -> None:
    text = fax("fax", more=f"    {member}").replace("import FactField,", "import key, FactField,")
    installed("stranger", text)
    plugins = Plugins.installed()
    (one,) = plugins.not_loaded
    assert told in one.told
    assert one.told.isprintable()
    assert len(one.told) < 1_000
    assert "sms" in plugins.options
    assert "fax" not in plugins.options
