"""The customers of the sample: who they are, what they signed, and how many calls they get."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from attrs import frozen

from ...model.customer_kind import CustomerKind
from ...model.party import NONE
from . import numbers

Word = TypeVar("Word", bound=str)

FIRST_SALE = date(2023, 1, 1)
KINDS: dict[CustomerKind, int] = {"professional": 90, "non_professional": 6, "consumer": 4}
OFFERS = {"essentielle@2023-01-01": 70, "a-la-carte@2023-01-01": 17, "continue@2023-01-01": 13}
OPTIONS = {"bilingual": 0.13, "svi": 0.12, "callback": 0.10, "shared_agenda": 0.25}
ROUND_THE_CLOCK, COMPLEX = 0.08, 0.3
REGIONS = {"FR": 88, "FR-57": 5, "FR-974": 4, "FR-973": 3}
TOWNS = {
    "FR": ("59000", "Lille"),
    "FR-57": ("57000", "Metz"),
    "FR-974": ("97400", "Saint-Denis"),
    "FR-973": ("97300", "Cayenne"),
}
TRADES = (
    *("Cabinet médical", "Cabinet dentaire", "Kinésithérapie", "Vétérinaire", "Cabinet d'avocats", "Étude notariale"),
    *("Expert-comptable", "Agence immobilière", "Syndic", "Plomberie", "Chauffage", "Serrurerie", "Garage"),
    *("Ambulances", "Pompes funèbres", "Auto-école"),
)
PLACES = (
    *("de la Gare", "du Marché", "du Château", "des Lilas", "des Chênes", "du Parc", "de l'Étoile", "de l'Océan"),
    *("Bellevue", "Belle-Île", "Voltaire", "des Remparts", "du Vieux Pont", "de la Fontaine", "des Vignes"),
    "Saint-Exupéry",
)
MEDIAN_CALLS, SPREAD, MANY_CALLS, MOST_CALLS = 120, 0.9, 1_500, 2_500


@frozen(kw_only=True)
class SampleCustomer:
    """One line of the customer list; the fields are its columns, in order."""

    account: str
    line: str
    customer: str
    kind: CustomerKind
    region: str
    offer: str
    mission: str
    signed: str
    live: str
    options: str
    note: str
    address: str
    postcode: str
    town: str
    siren: str
    vat_number: str
    email: str
    iban: str
    mandate: str
    mandate_signed: str

    @property
    def always_open(self) -> bool:
        """Tell whether the customer's calls are answered at every hour."""
        return self.offer.startswith("continue@") or self.has("round_the_clock")

    def has(self, option: str) -> bool:
        """Tell whether the customer has an option."""
        return option in self.options.split()


def customers(seed: int, count: int, first_day: date) -> Iterator[SampleCustomer]:
    """Yield customers whose service is under way, or about to begin, on a day."""
    names = [f"{trade} {place}" for place in PLACES for trade in TRADES]
    Random(f"{seed} names").shuffle(names)
    for position in range(count):
        again, which = divmod(position, len(names))
        name = names[which] + (f" {again + 1}" if again else "")
        yield _customer(Random(f"{seed} customer {position}"), position, name, first_day)


def monthly_calls(random: Random) -> int:
    """Return how many calls a customer gets in an ordinary month: none for some, thousands for a few."""
    luck = random.random()
    if luck < 0.04:
        return 0
    if luck < 0.07:
        return random.randrange(MANY_CALLS, MOST_CALLS)
    return min(MOST_CALLS, round(MEDIAN_CALLS * random.lognormvariate(0, SPREAD)))


def _customer(random: Random, position: int, name: str, first_day: date) -> SampleCustomer:
    offer, kind = _pick(random, OFFERS), _pick(random, KINDS)
    options = [option for option, share in OPTIONS.items() if random.random() < share]
    if offer.startswith("essentielle@") and random.random() < ROUND_THE_CLOCK:
        options.append("round_the_clock")
    region = _pick(random, REGIONS)
    mission = "complex" if random.random() < COMPLEX else "simple"
    signed, note = _signature(random, first_day)
    return SampleCustomer(
        account=f"C{position + 1:04d}",
        line=numbers.line(position),
        customer=f"Particulier {position + 1:03d}" if kind == "consumer" else name,
        kind=kind,
        region=region,
        offer=offer,
        mission=mission,
        signed=signed.isoformat(),
        live=signed.isoformat(),
        options=" ".join(options),
        note=note,
        **_legal(position, kind, region, signed),
    )


def _legal(position: int, kind: CustomerKind, region: str, signed: date) -> dict[str, str]:
    """Return what an invoice says of a customer, and his account and mandate: all of it right, and nobody's."""
    postcode, town = TOWNS[region]
    siren = numbers.siren(position) if kind == "professional" else NONE
    return {
        "address": f"{position % 90 + 2} rue de l'Exemple",
        "postcode": postcode,
        "town": town,
        "siren": siren,
        "vat_number": NONE if siren == NONE else numbers.vat_number(siren),
        "email": f"c{position + 1:04d}@client.example",
        "iban": numbers.iban(position),
        "mandate": f"RUM-C{position + 1:04d}",
        "mandate_signed": signed.isoformat(),
    }


def _pick(random: Random, weights: Mapping[Word, int]) -> Word:
    return random.choices(tuple(weights), tuple(weights.values()))[0]


def _signature(random: Random, first_day: date) -> tuple[date, str]:
    """Return a day of signature, now and then in the first month or just before, and a note where there is one."""
    opening = max(first_day, FIRST_SALE + timedelta(days=1))
    luck = random.random()
    if luck < 0.03:
        return opening + timedelta(days=random.randrange(28)), "signé en cours de mois"
    if luck < 0.06:
        return max(FIRST_SALE, opening - timedelta(days=random.randrange(1, 20))), "en période d'essai"
    signed = FIRST_SALE + timedelta(days=random.randrange((opening - FIRST_SALE).days))
    if luck < 0.08 and (opening - signed).days > 60:
        return signed, f"notice received {opening - timedelta(days=random.randrange(1, 60))}"
    return signed, ""
