"""`permanence usage import`: work comes in, is billed by name, and told behind the invoice; late work marks a month."""

from pathlib import Path

from tests.cli.conftest import unsigned
from tests.cli.typed import out, typed, values

HEADER = "contract;day;what;quantity;note\n"
LETTERS = """
[work.letters]
title = { fr = "Lettres dactylographiées", en = "Letters typed" }

[price.letter]
title = { fr = "Lettre", en = "Letter" }
amount = "2.50"
per = "work.letters"

[[rule]]
id = "letters"
on = "month"
when = "work.letters > 0"
then = { charge = "price.letter" }
why = "Chaque lettre tapée est facturée."
"""


def sell_letters(folder: Path) -> None:
    """Let every offer on file charge letters, and take what was signed out of the contracts."""
    for path in (folder / "rules").glob("*.toml"):
        text = path.read_text("utf-8")
        cut = text.find("[[rule]]")
        path.write_text(f"{text[:cut]}{LETTERS.lstrip()}\n{text[cut:]}", "utf-8")
    for path in (folder / "contracts").glob("*.toml"):
        unsigned(path)


def bring(name: str, *lines: str) -> str:
    Path(name).write_text(HEADER + "".join(f"{line}\n" for line in lines), "utf-8")
    return name


def test_work_is_imported_billed_and_explained(folder: Path) -> None:
    sell_letters(folder)
    file = bring(
        "october.csv",
        "C0002;01/10/2026;letters;12;pour le 0639980001",
        "C0002;02/10/2026;leters;3;",
        "C9999;02/10/2026;letters;4;",
        "C0002;oct;letters;1;",
    )
    (imported,) = values("usage", "import", file)["files"]
    assert {name: imported[name] for name in ("rows", "accepted", "duplicate", "refused", "already")} == {
        "rows": 4,
        "accepted": 3,
        "duplicate": 0,
        "refused": 1,
        "already": False,
    }
    assert [problem["line"] for problem in imported["problems"]] == [5]

    work = values("bill", "2026-10", "--on", "2026-11-02")["work"]
    told = {"title": "Lettres dactylographiées", "quantity": 4, "records": 1}
    assert work["unassigned"] == [{"contract": "C9999", "what": "letters", **told}]
    assert work["unpriced"] == [{"contract": "C0002", "what": "leters", "title": "leters", "quantity": 3, "records": 1}]
    assert work["records"] == 3 == sum(one["records"] for one in (*work["counted"], *work["held"], *work["unassigned"]))

    told = values("explain", "2026-10-C0002")
    (line,) = (one for one in told["lines"] if one["code"] == "price.letter")
    assert (line["amount_cents"], line["rule"]["name"]) == (3000, "letters")
    assert {fact["name"]: fact["value"] for fact in line["facts"]} == {"work.letters": "12"}
    assert [(one["day"], one["quantity"], one["note"], one["line"]) for one in told["work_behind"]] == [
        ("2026-10-01", 12, "pour le 06399…", 2),
        ("2026-10-02", 3, "", 3),
    ]
    shown = out("bill", "2026-10", "--on", "2026-11-02")
    assert "Travaux non attribués : C9999, Lettres dactylographiées, 4" in shown
    assert "Travaux sans prix : C0002, leters, 3" in shown
    assert "Travaux du mois" in out("explain", "2026-10-C0002")


def test_a_month_that_has_work_and_no_calls_is_listed(folder: Path) -> None:
    Path("calls.db").unlink()
    out("usage", "import", bring("work.csv", "C0002;31/08/2026;letters;1;", "C0002;01/10/2026;letters;12;"))
    listed = values("months", "--on", "2026-11-02")["months"]
    assert [(one["month"], one["work"], one["records"]) for one in listed] == [
        ("2026-08", 1, 0),
        ("2026-09", 0, 0),
        ("2026-10", 1, 0),
    ]
    assert [(one["state"], one["why"]) for one in listed] == [
        ("none", "1 travail"),
        ("none", ""),
        ("none", "1 travail"),
    ]


def test_work_that_comes_in_late_marks_the_month(folder: Path) -> None:
    sell_letters(folder)
    out("usage", "import", bring("october.csv", "C0002;01/10/2026;letters;12;"))
    out("bill", "2026-10", "--on", "2026-11-02")
    assert values("months", "--on", "2026-11-02")["months"][-1]["state"] == "draft"

    late = values("usage", "import", bring("late.csv", "C0002;31/10/2026;letters;1;"))["to_be_done_again"]
    assert [(one["month"], one["work"]) for one in late] == [("2026-10", {"C0002": 1})]
    assert late[0]["sentence"] == "octobre 2026 est à refaire : 1 travail de plus (C0002)"
    assert values("explain", "2026-10-C0002")["work_behind"] is None
    out("bill", "2026-10", "--on", "2026-11-02")
    assert values("usage", "import", "late.csv")["to_be_done_again"] == []


def test_what_another_version_would_charge_counts_the_same_work(folder: Path) -> None:
    sell_letters(folder)
    out("usage", "import", bring("october.csv", "C0002;01/10/2026;letters;12;"))
    (old,) = Path("rules").glob("a-la-carte*.toml")
    Path("new.toml").write_text(
        old.read_text("utf-8").replace('"2.50"', '"3.50"').replace("sold_from = 2023", "sold_from = 2027")
    )
    found = values("impact", "new.toml", "--against", "a-la-carte@2023-01-01", "--months", "2026-10")
    total = found["total"]
    assert total["after_cents"] - total["before_cents"] == 1200


def test_a_file_that_cannot_be_used_keeps_no_other_out_and_makes_nothing_alone(folder: Path) -> None:
    Path("bad.csv").write_text("contract,day\nC0001,2026-10-01\n", "utf-8")
    alone = typed("usage", "import", "bad.csv", "--calls", "new.db")
    assert alone.exit_code == 1
    assert 'the column "what" is missing' in alone.stderr
    assert not Path("new.db").exists()
    both = typed("usage", "import", "bad.csv", bring("good.csv", "C0002;01/10/2026;letters;1;"))
    assert both.exit_code == 1
    assert "good.csv" in both.stdout
