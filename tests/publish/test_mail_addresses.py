"""Whatever a customer or a seller is called, his mail goes to his address and to no other, and says his name."""

import random
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import compat32
from pathlib import Path

from permanence.model.mail import OutgoingMail
from permanence.publish.customer_mail import CustomerMail, as_mail
from permanence.read.outbox import read_mail

from tests.cases_drawn import drawn

PARTS = (
    "Garage du Parc",
    "Maître Dupont, Durand et Associés, avocats à la Cour",
    "other@client.example",
    "<other@client.example>",
    ", other@client.example,",
    '"A. B."',
    "(Paris)",
    "[x]:;",
    "\\",
    "=?utf-8?q?x?=",
    "株式会社",
    "👩\u200d👧",
    "مؤسسة",
    "e\u0301",
    "X" * 90,
    "l'Étoile",
    "a: b; c",
)
"""What names are made of here: words, and signs that mean something in a header."""


def mail(customer: str, seller: str) -> bytes:
    return as_mail(
        CustomerMail(
            number="2026-10-14-C0001",
            dated=datetime(2026, 10, 15, tzinfo=UTC),
            seller=seller,
            sender="facturation@permanence.example",
            customer=customer,
            recipient="c0001@client.example",
            subject=f"Votre permanence ({customer})",
        )
    )


def names() -> list[str]:
    dice = random.Random(13)
    mixed = [" ".join(dice.choices(PARTS, k=dice.randint(1, 6))) for _ in range(drawn(20))]
    return [*PARTS, "", *(f"{one} {'de la Ville ' * 8}".strip() for one in PARTS), *mixed]


def told(content: bytes, header: str) -> str:
    """Return the name that a header has, as any reader of mails has it."""
    line = message_from_bytes(content, policy=compat32)[header]
    name = str(line).rpartition("<")[0].strip()
    if name.startswith('"'):
        return name[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return str(make_header(decode_header(name)))


def test_a_mail_goes_from_its_seller_to_its_customer_alone_whatever_they_are_called(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    for name, other in zip(names(), reversed(names()), strict=True):
        path.write_bytes(content := mail(name, other))
        found = read_mail(path)
        assert isinstance(found, OutgoingMail), (name, other, found)
        assert (found.sender, found.recipients) == ("facturation@permanence.example", ("c0001@client.example",))
        assert (told(content, "To"), told(content, "From")) == (name, other)


def test_no_line_of_a_name_is_longer_than_lines_of_mails() -> None:
    head = mail(" ".join(PARTS), "X" * 300).partition(b"\r\n\r\n")[0]
    lines = head.partition(b"\r\nSubject")[0].split(b"\r\n")
    assert len(lines) > 10
    assert max(map(len, lines)) <= 78
