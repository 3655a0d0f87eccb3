"""The services that an offer's formulas include: what agents do with a call that they answer (R3)."""

from collections.abc import Mapping
from typing import Literal

from .scalars import Words

Service = Literal["messages", "appointments"]

SERVICES: Mapping[Service, Words] = {
    "messages": Words("prise de messages", "message-taking"),
    "appointments": Words("prise de rendez-vous", "appointment-taking"),
}
