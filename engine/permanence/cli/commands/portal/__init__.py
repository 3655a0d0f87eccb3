"""`permanence portal`: the group, and one file per command."""

from .group import portal

__all__ = ["portal"]
