"""Statements and notices of any version say the same; what is no bank's file is refused with where and why."""

from datetime import date
from pathlib import Path

import pytest
from permanence.model.problem import Refused
from permanence.read.camt import read_camt

from tests.money.camt import camt, entry, transaction

RETURN = entry("-65.00", inner=transaction("F-1", "60.00", "AM04"))


@pytest.mark.parametrize("form", ["camt.053.001.02", "camt.053.001.08", "camt.054.001.04", "camt.054.001.08"])
def test_each_booked_movement_is_read_with_what_tells_whose_it_is(form: str, tmp_path: Path) -> None:
    status = "<Sts><Cd>BOOK</Cd></Sts>" if form.endswith("08") else "<Sts>BOOK</Sts>"
    entries = (
        entry("199.90", status=status, inner="<Btch><PmtInfId>PERM-000001-1</PmtInfId></Btch>"),
        RETURN,
        entry("70.00", inner=transaction("F-2", "50.00") + transaction("NOTPROVIDED", "20.00", said="Facture F-3")),
        entry("1.00", status=status.replace("BOOK", "PDNG")),
    )
    path = tmp_path / "camt.xml"
    path.write_text(camt(form, entries), "utf-8")
    found = read_camt(path)
    assert found.pending == 1
    assert [(one.amount, one.reference, one.batch, one.reason, one.said) for one in found.entries] == [
        (19_990, "", "PERM-000001-1", "", ""),
        (-6_000, "F-1", "", "AM04", ""),
        (-500, "", "", "", "reste de l'écriture"),
        (5_000, "F-2", "", "", ""),
        (2_000, "", "", "", "Facture F-3"),
    ]
    assert {(one.booked_on, one.account) for one in found.entries} == {
        (date(2026, 11, 17), "FR7699999000010000005000174")
    }


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "this is no XML: no element found: line 1, column 0"),
        ("<Document/>", "this is no statement or notice of a bank"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "it declares a document type, which no bank's file does"),
        (camt("camt.053.001.02", [RETURN.replace("60.00", "x")]), '"x" is no amount'),
        (camt("camt.053.001.02", [RETURN.replace("2026-11", "2026-13")]), '"2026-13-17" is no day of booking'),
        (
            camt("camt.053.001.02", [entry("5.00", inner=transaction("a") + transaction("b"))]),
            "one of several transactions has no amount",
        ),
    ],
)
def test_what_is_no_file_of_a_bank_is_refused(text: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / "camt.xml"
    path.write_text(text, "utf-8")
    with pytest.raises(Refused) as refused:
        read_camt(path)
    assert [one.what for one in refused.value.problems] == [what]


@pytest.mark.parametrize(
    ("booked", "inner", "amounts"),
    [
        ("500.00", transaction("F-1", "184.56"), [18_456, 31_544]),
        ("500.00", transaction("F-1", "184.56") + transaction("F-2", "15.44"), [18_456, 1_544, 30_000]),
        ("-130.00", transaction("F-1", "60.00", "AM04"), [-6_000, -7_000]),
        ("60.00", transaction("F-1", "65.00"), [6_500, -500]),
        ("60.00", transaction("F-1"), [6_000]),
        ("60.00", "", [6_000]),
        ("60.00", transaction("F-1", "58.10").replace("EUR", "CHF"), [6_000]),
        ("60.00", (transaction("F-1", "58.10") * 2).replace("EUR", "CHF"), [5_810, 5_810]),
    ],
)
def test_what_an_entry_moves_is_told_to_the_cent_whatever_its_transactions_tell(
    booked: str, inner: str, amounts: list[int], tmp_path: Path
) -> None:
    path = tmp_path / "camt.xml"
    path.write_text(camt("camt.053.001.08", [entry(booked, inner=inner)]), "utf-8")
    assert [one.amount for one in read_camt(path).entries] == amounts
