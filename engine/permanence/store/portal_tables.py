"""The tables of portal.db: links to customers' pages, and what was done with them; rows that only grow."""

from .audit_tables import AUDIT_TABLES
from .guards import stays
from .layouts import DatabaseLayout
from .table import UTC_SECONDS, Column, Table

C = Column
STAYS = "a link stays as it was made: it is revoked, and another one made"
PORTAL_TABLES = (
    Table(
        "link",
        "Liens",
        "Each link to the page of one contract; of what stands in its address, a digest alone.",
        (
            C("id", "INTEGER", "Number, from 1"),
            C("contract", "TEXT", "Whose page it opens, and no other's"),
            C("made_at", "INTEGER", "When it was made", UTC_SECONDS),
            C("until", "INTEGER", "Up to when it opens the page", UTC_SECONDS),
            C("digest", "TEXT", "SHA-256 of the token in its address"),
        ),
        label="contract",
        unique=(("digest",),),
        indexes=(("contract",),),
        triggers=stays("link", STAYS, "id"),
    ),
    Table(
        "link_revoked",
        "Liens révoqués",
        "Each link that was revoked: it opens nothing any more.",
        (
            C("id", "INTEGER", "Number of the link", refers_to="link"),
            C("revoked_at", "INTEGER", "When it was revoked", UTC_SECONDS),
        ),
        triggers=stays("link_revoked", STAYS, "id"),
    ),
    *AUDIT_TABLES,
)
PORTAL = DatabaseLayout("portal", PORTAL_TABLES, 1, (), "make the links again")
