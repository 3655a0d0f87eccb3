"""The command line, `permanence`: every command is a module of `commands`, loaded when it is asked for."""

import click

from .loaded import Loaded
from .typed import example

COMMANDS = {
    "accounts": "Write the sales journal of what was issued, as FEC and as CSV.",
    "addendum": "Quote an option of a later version for a contract.",
    "alerts": "Tell customers beforehand what is about to cost more, and what ends soon.",
    "backup": "Make a backup of databases and files, proved, while others work.",
    "bill": "Bill one month: a draft invoice for each contract.",
    "browse": "Browse bills and calls in French, in a browser.",
    "calendar": "Print the dates of a contract, each with its reason.",
    "calls": "Bring call records in.",
    "check": "Check rule files and contract files.",
    "contracts": "Bring contracts in, hold them to what was signed.",
    "correct": "Correct an issued invoice: a credit note, and a new invoice.",
    "deadlines": "List what is due soon over all contracts.",
    "debits": "Ask for what is issued of a month by SEPA direct debit.",
    "describe": "Tell an offer as a salesperson reads it out.",
    "diff": "Say what a customer would notice of a new version.",
    "documents": "Write what was issued as files for people and machines: PDF/A-3 with Factur-X.",
    "explain": "Say why an invoice says what it says.",
    "forget": "Forget callers' numbers: of old calls, or of one caller.",
    "holds": "List the contracts on hold: why, since when, and what to do.",
    "impact": "Replay a rule file on past months.",
    "issue": "Issue a month's invoices: numbered, chained, never changed again.",
    "live": "Count the running month so far, and what the next call costs.",
    "log": "Print who did what and when, and what came of it.",
    "mail": "Send the mails of the outbox, each once, and show how far each is.",
    "months": "List the months with their state, and which are to be done again.",
    "new-offer": "Start a rule file, or the next version of one.",
    "new-option": "Start a distribution of your own that ships a priced option.",
    "options": "List the priced options that plugins offer.",
    "payments": "Take the bank's answers in, and show what each customer owes.",
    "portal": "Show customers their pages by link, and make the links.",
    "quote": "Quote every price that could ever be invoiced.",
    "rebill": "Work an issued invoice out again from what it keeps.",
    "reconcile": "Set a month's calls, invoices, debits, payments and entries side by side.",
    "reminders": "List what is overdue, with the legal amounts.",
    "report": "Write each customer's mail of a day: the calls received, and the month so far.",
    "restore": "Prove a backup, or put it into a new folder.",
    "sample": "Write an invented answering service, for trials.",
    "sign": "Turn a saved quote into a contract.",
    "simulate-life": "Play a contract through its months.",
    "upgrade": "Bring databases of an earlier version up to date.",
    "usage": "Bring work in that is no call.",
    "verify": "Prove that every issued document is as it was issued.",
}
"""Each command is a module of its name, and listed from here."""


@click.group(
    cls=Loaded,
    package=f"{__package__}.commands",
    commands_told=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="permanence", prog_name="permanence")
@example("permanence check && permanence bill 2026-10 && permanence browse")
def main() -> None:
    """Contracts and billing for telephone answering services, from declarative rule files."""
