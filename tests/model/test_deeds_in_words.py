"""What came of each kind of command reads as a sentence, in the log and on the pages of staff."""

from typing import Any

import pytest
from permanence.model.words.deeds import came_of_in_words

from tests.docs.documents import SPACES

BILLED = {"invoices": 1, "holds": 0, "calls": 1200, "net_cents": {"EUR": 12345}}


@pytest.mark.parametrize(
    ("came_of", "told"),
    [
        ({"call": 7, "what": "excluded", "by": "Accueil"}, "appel 7 exclu par Accueil"),
        ({"call": 7, "what": "undone", "by": "Accueil"}, "appel 7 compté de nouveau par Accueil"),
        ({"records": 1, "texts": 0}, "1 enregistrement sans numéro d'appelant"),
        ({"records": 1200, "texts": 2}, "1 200 enregistrements et 2 textes sans numéro d'appelant"),
        ({"upgraded": {"before": 3, "now": 5}}, "tables mises à jour, de la version 3 à la version 5"),
        ({"written": {"a.toml": "ab", "b.toml": "cd"}}, "écrit : a.toml, b.toml"),
        ({"file": "a.csv", "rows": 2, "accepted": 1, "refused": 1}, "a.csv : 2 enregistrements, 1 accepté, 1 refusé"),
        (
            {"month": "2026-10", "before": None, "after": BILLED},
            "octobre 2026 · 1 facture, 1 200 appels, 123,45 € HT",
        ),
        (
            {"month": "2026-10", "before": BILLED, "after": BILLED},
            "octobre 2026 · 1 facture, 1 200 appels, 123,45 € HT (avant : identique)",
        ),
        ({"documents": 1, "first": "F-1", "last": "F-1"}, "1 document, F-1"),
        ({"backup": "b", "digest": "ab"}, "sauvegarde b, empreinte ab"),
        ({"handed_over": {"sent": 1200, "unknown": 1}}, "1 201 messages : 1 200 envoyés, 1 sort inconnu"),
        ({"mails": ["a", "b"], "state": "waiting"}, "a, b : à renvoyer"),
        ({"alerts": 2, "in_mails": ["a"]}, "2 alertes : a"),
        ({"another": 3}, "another 3"),
    ],
)
def test_what_came_of_a_command_reads_as_a_sentence(came_of: dict[str, Any], told: str) -> None:
    assert came_of_in_words(came_of).translate(SPACES) == told
