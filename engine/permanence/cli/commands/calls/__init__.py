"""`permanence calls`: the group, and one file per command."""

from .group import calls

__all__ = ["calls"]
