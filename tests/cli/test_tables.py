"""Tables on terminals of any width: no word and no figure is cut, and each line finds room where that can be."""

from io import StringIO

import pytest
from permanence.cli.screens.output import PrintedTable, show_table, table
from rich.console import Console

COLUMNS = ("Contrat", "Client", "Appels", "Prix suivant\nle", "À ce jour\nHT", "Échue le", "Reste", "Pourquoi")
ROWS = [
    (
        "C0001",
        "Expert-comptable du Vieux Pont",
        "237",
        "20\u00a0octobre",
        "1\u202f268,00\u00a0€",
        "2026-11-16",
        "13",
        "contesté par",
    ),
    (
        "C0002",
        "Agence immobilière de l'Océan",
        "1\u202f495",
        "",
        "763,10\u00a0€",
        "2026-12-03",
        "",
        "MD06 : contesté par le client",
    ),
    ("Total", "", "1\u202f732", "", "2\u202f031,10\u00a0€", "", "", ""),
]


def wide() -> PrintedTable:
    return table("En retard", COLUMNS, ROWS, numbers=(2, 4, 6))


def lines_of(asked: PrintedTable, width: int, *, terminal: bool) -> list[str]:
    file = StringIO()
    show_table(Console(file=file, width=width, force_terminal=terminal, no_color=True, highlight=False), asked)
    text = file.getvalue().replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "")
    return [line.rstrip() for line in text.splitlines()]


@pytest.mark.parametrize("width", range(38, 150, 4))
def test_a_terminal_shows_all_of_a_table_within_its_width_and_cuts_no_word(width: int) -> None:
    lines = lines_of(wide(), width, terminal=True)
    assert max(map(len, lines)) <= width
    shown = " ".join(lines)
    words = {word for row in (COLUMNS, *ROWS) for cell in row for word in cell.replace("\n", " ").split(" ")}
    assert [word for word in words if word not in shown] == []


def test_columns_that_find_no_room_stand_below_each_row_by_its_name_again() -> None:
    lines = lines_of(wide(), 60, terminal=True)
    assert sum(line.startswith("C0002") for line in lines) == 2
    assert sum(line.startswith("Total") for line in lines) == 2
    assert [line for line in lines if "En retard" in line] == ["En retard"]


def test_the_widest_column_is_made_narrower_first() -> None:
    told = table("", ("Nom", "État", "Pourquoi"), [("C1", "à venir", "rien n'a encore été compté ce mois-ci")])
    assert lines_of(told, 36, terminal=True)[1:] == [
        "C1   à venir  rien n'a encore été",
        "              compté ce mois-ci",
    ]


def test_columns_stand_closer_where_that_is_enough() -> None:
    near, far = (
        lines_of(table("", ("Nom", "A", "B"), [("C1", "mot", "mot")]), width, terminal=True) for width in (11, 13)
    )
    assert (near[-1], far[-1]) == ("C1  mot mot", "C1   mot  mot")


def test_a_file_has_every_row_in_one_line_of_figures_however_narrow_a_terminal_would_be() -> None:
    lines = lines_of(wide(), 60, terminal=False)
    (row,) = (line for line in lines if line.startswith("C0001"))
    assert "1\u202f268,00\u00a0€" in row
    assert row.index("contesté") > 60
