"""What one installation settles for itself, in a file beside its rules and contracts."""

from typing import Literal

from attrs import frozen

from .alert import AlertTerms
from .chart_of_accounts import ChartOfAccounts
from .keys import inner, key
from .mail_settings import MailTerms
from .payment_terms import DebitTerms, TransferTerms
from .portal_settings import PortalSettings
from .problem import NoPlaces, Places
from .report_terms import ReportTerms

SETTINGS_FILE = "permanence.toml"


@frozen(kw_only=True)
class Settings:
    """The keys of `permanence.toml` in the folder in which commands are run."""

    without: tuple[str, ...] = key(
        "Plugins that are switched off, each by its distribution, or as `distribution:name`.",
        default=(),
        example=["permanence-saturday"],
    )
    files: Literal["private", "shared"] = key(
        "Who may read the files and databases that commands make: their owner alone, or whom the system's own `umask` "
        "lets. Files that are there keep their rights.",
        default="private",
    )
    debits: DebitTerms = key("When debits are collected.", factory=DebitTerms)
    payments: TransferTerms = key("When what is not collected is due.", factory=TransferTerms)
    accounts: ChartOfAccounts = key("Where invoices are entered in the books.", factory=ChartOfAccounts)
    portal: PortalSettings = key("Where customers reach their pages.", factory=PortalSettings)
    report: ReportTerms = key("When customers have the mail of a day.", factory=ReportTerms)
    alerts: AlertTerms = key("Of what customers are told beforehand.", factory=AlertTerms)
    mail: MailTerms = key("By which server mails leave.", factory=MailTerms)
    places: Places = inner(default=NoPlaces(SETTINGS_FILE), eq=False)
