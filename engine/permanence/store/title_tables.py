"""The table of what offers call the things that they give ids of their own."""

from .table import Column, Table

C = Column
TITLE_TABLES = (
    Table(
        "title",
        "Titres des offres",
        "What an offer calls what it gives ids of its own, as it stood when the month was billed; empty before.",
        (
            C("id", "TEXT", "Month, offer, thing and name", made_of="[month]||'-'||[offer]||'-'||[thing]||'-'||[name]"),
            C("month", "TEXT", "Which month", refers_to="run"),
            C("offer", "TEXT", "Offer version, as contracts pin it"),
            C("thing", "TEXT", "mission, plan, window, mark, reason, price, option, quantity, work, number … or fact"),
            C("name", "TEXT", "Name in the rule file"),
            C("title", "TEXT", "What customers and staff read, French"),
        ),
        label="title",
        key=("month", "offer", "thing", "name"),
        indexes=(("thing", "name"),),
    ),
)
