"""The JSON Schemas say what the readers say."""

import importlib
import json
import pkgutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import permanence_options
import pytest
import tomli
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from permanence.model.option import Option
from permanence.read.json_schema import contract_schema, index_schema, offer_schema, seller_schema

HERE = Path(__file__).parent
RULES = Path(__file__).parents[2] / "rules"


def all_options() -> Mapping[str, type[Option]]:
    names = [module.name for module in pkgutil.iter_modules(permanence_options.__path__)]
    found = [importlib.import_module(f"permanence_options.{name}").register_options() for name in names]
    return {option.id: option for options in found for option in options}


SCHEMAS = (offer_schema(all_options()), contract_schema(all_options()), index_schema(), seller_schema())


def as_json(path: Path) -> Any:
    return json.loads(json.dumps(tomli.loads(path.read_text(encoding="utf-8")), default=str))


def errors(schema: dict[str, Any], path: Path) -> list[str]:
    return [error.message for error in Draft202012Validator(schema).iter_errors(as_json(path))]


def test_the_schemas_are_schemas() -> None:
    for schema in SCHEMAS:
        Draft202012Validator.check_schema(schema)
        assert json.loads(json.dumps(schema)) == schema


@pytest.mark.parametrize("path", sorted([*(HERE / "good").glob("offer*.toml"), *RULES.glob("*.toml")]), ids=str)
def test_good_rule_files_fit_the_schema(path: Path) -> None:
    assert errors(offer_schema(all_options()), path) == []


@pytest.mark.parametrize("path", sorted(HERE.parent.glob("*/indices/*.toml")), ids=str)
def test_the_file_of_an_index_fits_the_schema(path: Path) -> None:
    assert errors(index_schema(), path) == []


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('title = "I"\nsource = "S"\n[values]\n2026-13 = "1.0"', "'2026-13' does not match"),
        ('title = "I"\nsource = "S"\n[values]\n2026-01 = 1', "1 is not of type 'string'"),
        ('title = "I"\n[values]\n2026-01 = "1.0"', "'source' is a required property"),
    ],
)
def test_what_is_wrong_in_the_file_of_an_index_is_told_by_its_schema(written: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "index.toml"
    path.write_text(written, encoding="utf-8")
    [error] = errors(index_schema(), path)
    assert error.startswith(told)


def test_the_files_that_are_shipped_of_a_seller_and_a_contract_fit_their_schemas() -> None:
    root = RULES.parent
    assert errors(seller_schema(), root / "sellers" / "exemple.toml") == []
    assert errors(contract_schema(all_options()), root / "contracts" / "exemple.toml") == []


def test_good_contract_files_fit_the_schema() -> None:
    assert errors(contract_schema(all_options()), HERE / "good" / "contract.toml") == []


@pytest.mark.parametrize(
    "name",
    [
        "unknown_key",
        "missing_key",
        "missing_key_in_band",
        "wrong_type",
        "price_as_number",
        "price_as_words",
        "fraction_of_cents",
        "bad_hours",
        "bad_days",
        "bad_span",
        "unknown_word",
        "wrong_format",
        "renewal_neither_span_nor_word",
        "no_plugin_offers_the_option",
        "option_with_wrong_key",
        "title_without_french",
        "table_instead_of_list",
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(name: str, options: Mapping[str, type[Option]]) -> None:
    assert errors(offer_schema(options), HERE / "bad" / f"offer_{name}.toml")


def test_an_editor_is_told_what_a_key_is() -> None:
    term = offer_schema({})["properties"]["term"]["properties"]
    assert term["setup_fee"]["default"] == "0.00"
    assert term["setup_fee"]["description"].startswith("File or opening fee")
    assert (term["trial"]["default"], term["trial"]["examples"]) == ("1 month", ["1 month"])
    assert term["renewal"]["enum"] == ["tacit", "express"]
    assert term["renewal_period"]["default"] == "12 months"
    head = offer_schema({})["properties"]["offer"]
    assert head["properties"]["mission"]["default"] == ["simple"]
    assert head["required"] == ["id", "title", "sold_from"]
    assert head["additionalProperties"] is False


def keys(schema: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every key of a schema, in tables inside tables too, with its dotted name."""
    for name, inner in schema.get("properties", {}).items():
        yield f"{path}{name}", inner
        yield from keys(inner, f"{path}{name}.")
    inside = [schema.get("items"), schema.get("additionalProperties"), *schema.get("anyOf", ())]
    for inner in inside:
        if isinstance(inner, dict):
            yield from keys(inner, path)


@pytest.mark.parametrize("schema", SCHEMAS, ids=["offer", "contract", "index", "seller"])
def test_an_editor_shows_a_sentence_and_an_example_or_the_choices_for_every_key(schema: dict[str, Any]) -> None:
    found = dict(keys(schema))
    assert len(found) >= 5
    for name, inner in found.items():
        assert inner.get("description"), name
        assert {"examples", "enum", "default"} & set(inner), name


@pytest.mark.parametrize("schema", SCHEMAS, ids=["offer", "contract", "index", "seller"])
def test_every_example_and_default_that_an_editor_shows_is_right(schema: dict[str, Any]) -> None:
    for name, inner in keys(schema):
        shown = [*inner.get("examples", ()), *([inner["default"]] if "default" in inner else [])]
        assert [list(Draft202012Validator(inner).iter_errors(one)) for one in shown] == [[]] * len(shown), name


def test_a_band_has_prices_beside_its_own_key() -> None:
    step = offer_schema({})["properties"]["bands"]["properties"]["steps"]["items"]
    assert list(step["properties"]) == ["up_to"]
    assert step["additionalProperties"]["pattern"]


def test_options_on_sale_are_named(options: Mapping[str, type[Option]]) -> None:
    tables = offer_schema(options)["properties"]["option"]
    assert set(tables["properties"]) == set(options)
    assert tables["properties"]["callback"]["properties"]["kind"]["default"] == "usage"
