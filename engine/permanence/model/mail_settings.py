"""How mails leave: by which server, how the way to it is kept private, and who logs in."""

import re
from collections.abc import Mapping
from typing import Literal

import attrs
from attrs import frozen

from .keys import key, key_name

MailTls = Literal["none", "starttls", "tls"]
PORTS: Mapping[MailTls, int] = {"none": 25, "starttls": 587, "tls": 465}
"""The port of a server for each way to it, where no other is named (RFC 5321, 6409, 8314)."""
LAST_ANSWER = 10
"""So many times as long as for any other answer is waited for that to a whole mail: ten minutes for one (RFC 5321)."""


ADDRESS = re.compile(r"[!#$%&'*+/=?^_`{|}~.A-Za-z0-9-]+@[A-Za-z0-9.-]+")


def address_or_nothing(_made: object, attribute: "attrs.Attribute[str]", value: str) -> None:
    """Refuse, as ValueError, what is no address that stands in an SMTP command as it is (RFC 5321, 4.1.2)."""
    if value and not ADDRESS.fullmatch(value):
        raise ValueError(
            f'"{key_name(attribute)}" is an address such as retours@permanence.example, and "{value}" is none'
        )


@frozen(kw_only=True)
class MailTerms:
    """`[mail]`: the server that takes mails, and how one logs in; the password is never in this file."""

    host: str = key("Name of the server that takes mails (SMTP).", default="", example="smtp.permanence.example")
    port: int | None = key(
        "Its port; absent: 587, with `tls` 465, with `none` 25.", default=None, least=1, most=65535, example=587
    )
    tls: MailTls = key(
        "How the way to it is kept private: encrypted after a greeting, from the first byte, or not at all.",
        default="starttls",
    )
    user: str = key("Who logs in; absent: nobody does.", default="", example="facturation@permanence.example")
    password_file: str = key(
        "File whose first line is the password, where it is not in the environment (PERMANENCE_MAIL_PASSWORD).",
        default="",
        example="mail.password",
    )
    sender: str = key(
        "Address to which a mail comes back that cannot be delivered; absent: that of the mail's sender.",
        default="",
        validator=address_or_nothing,
        example="retours@permanence.example",
    )
    timeout: int = key(
        "Seconds in which the server has to answer; to a whole mail it may take ten times as long.",
        default=60,
        least=1,
        most=3600,
    )

    @property
    def door(self) -> int:
        """Return the port: the one that is named, or the usual one."""
        return self.port or PORTS[self.tls]
