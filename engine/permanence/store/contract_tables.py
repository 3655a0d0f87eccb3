"""The table of what a contract chose and agreed besides its offer."""

from .table import Column, Table

C = Column
CONTRACT_TABLES = (
    Table(
        "contract_term",
        "Choix et conditions propres",
        "What each contract chose and agreed besides its offer's text, as it stood in the last run.",
        (
            C("id", "TEXT", "Contract, then the number", made_of="[contract] || '-' || [number]"),
            C("contract", "TEXT", "Of which contract", refers_to="contract"),
            C("number", "INTEGER", "Place among those of the contract, from 1"),
            C("term", "TEXT", "plan, window, quantity, discount or agreed"),
            C("name", "TEXT", "What it is of, as rules name it; several separated by spaces, empty for all"),
            C("said", "TEXT", "What it is, French, with its size"),
            C("since", "TEXT?", "First day; empty from the first day of service on", "date"),
            C("until", "TEXT?", "First day without it; empty for good", "date"),
            C("why", "TEXT", "Why it was granted, as the contract says"),
        ),
        key=("contract", "number"),
    ),
)
