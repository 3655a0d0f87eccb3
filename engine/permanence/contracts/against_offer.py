"""A contract against the offer that it names: whether it is on sale, as it was signed, and has what is asked of it."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from ..model.contract import Contract, OptionTaken
from ..model.countries import COUNTRIES, sold_in
from ..model.customer_kind import KINDS
from ..model.fingerprint import digest_of_addition, print_of
from ..model.offer import Offer
from ..model.option import Option
from ..model.option_settings import refused_settings
from ..model.problem import Problem, did_you_mean
from ..model.regions import REGIONS, country_of
from ..model.service import SERVICES
from .agreed_terms import is_band, own_terms_otherwise, tops_in_words
from .choices import chosen_otherwise
from .disagreement import Disagreement, nearest_in_french

ASKED = attrgetter(
    *("offer", "mission", "plan", "windows", "services", "band", "quantities", "customer.kind", "customer.region")
)


def disagreements(contract: Contract, offers: Mapping[str, Offer]) -> Iterator[Disagreement]:
    """Yield what a contract says against the offer that it names; ``offers`` are by version."""
    offer = offers.get(contract.offer)
    if offer is None:
        french = f"L'offre « {contract.offer} » n'existe pas{nearest_in_french(contract.offer, offers)}."
        yield Disagreement(f'there is no offer "{contract.offer}"', did_you_mean(contract.offer, offers), french)
        return
    yield from _as_signed(contract, offer)
    yield from _abroad(contract, offer)
    yield from _on_sale(contract, offer, offers)
    yield from _band(contract, offer)
    yield from chosen_otherwise(contract, offer)
    yield from own_terms_otherwise(contract, offer)


def check_contract(contract: Contract, offers: Mapping[str, Offer]) -> Iterator[Problem]:
    """Yield what one contract says against the offer that it names; ``offers`` are by version."""
    yield from as_problems(contract, disagreements(contract, offers))


def as_problems(contract: Contract, found: Iterable[Disagreement]) -> Iterator[Problem]:
    """Yield what a contract disagrees with as problems of its place."""
    for one in found:
        yield Problem(contract.place, f'contract "{contract.id}": {one.what}', one.hint)


def against_offers(contract: Contract, offers: Mapping[str, Offer]) -> str:
    """Return why a contract cannot be billed by the offer that it names, in French; nothing when it can.

    A region that is not known, which no file can have, has no holidays and no VAT under any offer.
    """
    if contract.customer.region not in REGIONS:
        return f"La région « {contract.customer.region} » n'est pas connue : ni ses jours fériés ni sa TVA."
    return " ".join(one.french for one in disagreements(contract, offers))


def asks_for(contract: Contract) -> Hashable | None:
    """Return all that a contract asks of an offer whose text is as it was signed; None where dates matter too.

    They do for options of a later version, and terms of the customer's own are his alone.
    """
    if contract.discounts or contract.agreed or any(one.of for one in contract.options):
        return None
    options = [(one.id, tuple(sorted(one.settings.items()))) for one in contract.options]
    return (*ASKED(contract), bool(contract.slips), *options)


def was_edited(contract: Contract, offer: Offer) -> bool:
    """Tell whether the rule file is another than the one that a contract pins; one that pins none cannot tell.

    Nor can one whose offer, or whose digest, was put in the place of what was signed: that is told by itself.
    """
    signed = contract.fingerprint
    as_signed = not signed or (signed.offer, signed.text) == (print_of(contract.offer), print_of(contract.digest))
    return as_signed and contract.digest not in ("", offer.digest)


def _as_signed(contract: Contract, offer: Offer) -> Iterator[Disagreement]:
    if was_edited(contract, offer):
        yield Disagreement(
            f"{offer.file} was edited after {contract.id} signed it",
            "put its text back: a new price is a new file with a later `sold_from`, and its own digest",
            f"Le fichier {offer.file} a été modifié après la signature de {contract.id} : ses prix ne sont plus sûrs.",
        )


def _abroad(contract: Contract, offer: Offer) -> Iterator[Disagreement]:
    """Yield that the customer is in another country than the offer: the VAT of a sale abroad is worked out nowhere."""
    region, country = contract.customer.region, COUNTRIES.get(offer.head.country)
    if country is None or region not in REGIONS or country_of(region) == offer.head.country:
        return
    yield Disagreement(
        f'{offer.version} is sold in {country.english}, and the customer\'s region is "{region}"',
        f'write region = "{offer.head.country}", or a part of it; the VAT of a sale abroad is not worked out',
        f"L'offre {offer.version} est vendue {sold_in(offer.head.country)}, et la région du client est « {region} » : "
        "la TVA d'une vente à l'étranger n'est pas calculée.",
    )


def _on_sale(contract: Contract, offer: Offer, offers: Mapping[str, Offer]) -> Iterator[Disagreement]:
    kind = contract.customer.kind
    if kind not in offer.head.customers:
        sold = ", ".join(f'"{one}"' for one in offer.head.customers)
        yield Disagreement(
            f'{offer.version} is not for a customer of the kind "{kind}"',
            f"[offer] customers names {sold}",
            f"L'offre {offer.version} n'est pas proposée à {KINDS[kind].one.fr}.",
        )
    if contract.mission not in offer.head.mission:
        yield Disagreement(
            f'{offer.version} has no mission "{contract.mission}"',
            did_you_mean(contract.mission, offer.head.mission),
            f"L'offre {offer.version} n'a pas de mission « {contract.mission} ».",
        )
    for service in contract.services:
        if offer.head.services and service not in offer.head.services:
            yield Disagreement(
                f'{offer.version} does not include the service "{service}"',
                did_you_mean(service, offer.head.services),
                f"L'offre {offer.version} ne comprend pas la {SERVICES[service].fr}.",
            )
    for option in contract.options:
        if option.of and option.id not in offer.options:
            yield from _of_later(contract, option, offer, offers)
        elif option.id not in offer.options:
            title = _title(option.id, offers)
            versions = [one for one in offers.values() if one.head.id == offer.head.id]
            yield _no_option(option.id, title, offer, versions)
        elif not contract.slips:
            yield from settings_refused(offer.options[option.id], option)


def settings_refused(option: Option, taken: OptionTaken) -> Iterator[Disagreement]:
    """Yield what is wrong with what a contract settles of an option."""
    for wrong in refused_settings(option, taken.settings):
        yield Disagreement(wrong.what, wrong.hint, wrong.french)


def _title(name: str, offers: Mapping[str, Offer]) -> str:
    """Return what offers on file call an option; its name where none of them has it."""
    return next((offer.options[name].name for offer in offers.values() if name in offer.options), name)


def _no_option(name: str, title: str, offer: Offer, versions: Sequence[Offer] = ()) -> Disagreement:
    later = next((one.version for one in versions if name in one.options), "")
    return Disagreement(
        f'{offer.version} has no option "{name}"',
        f"{later} has it: `permanence addendum` quotes it" if later else did_you_mean(name, offer.options),
        f"L'offre {offer.version} n'a pas d'option « {title} »{nearest_in_french(name, offer.options)}.",
    )


def _of_later(
    contract: Contract, option: OptionTaken, offer: Offer, offers: Mapping[str, Offer]
) -> Iterator[Disagreement]:
    """Yield what is wrong with an option that a contract took of a later version of its offer (R26)."""
    later = offers.get(option.of)
    if later is None or later.head.id != offer.head.id:
        known = [version for version, one in offers.items() if one.head.id == offer.head.id]
        french = f"L'option « {option.id} » vient de « {option.of} », qui n'est pas une version de {offer.head.id}."
        what = f'the option "{option.id}" is of "{option.of}", which is no version of {offer.head.id}'
        yield Disagreement(what, did_you_mean(option.of, known), french)
    elif option.id not in later.options:
        yield _no_option(option.id, _title(option.id, offers), later)
    elif later.head.currency != offer.head.currency:
        french = f"L'option « {later.options[option.id].name} » de {later.version} a son prix dans une autre monnaie."
        what = f'the option "{option.id}" of {later.version} is priced in {later.head.currency}'
        yield Disagreement(what, f"the contract is billed in {offer.head.currency}", french)
    elif option.since and option.since < later.head.sold_from:
        french = f"L'option « {later.options[option.id].name} » de {later.version} vaudrait avant sa mise en vente."
        what = f'the option "{option.id}" holds from {option.since}, before {later.version} is sold'
        yield Disagreement(what, f"it is sold from {later.head.sold_from}", french)
    elif option.signed and option.digest != digest_of_addition(later.options[option.id], contract.id, option.signed):
        title = later.options[option.id].name
        french = f"L'option « {title} » de {later.version} a été modifiée après la signature de l'avenant."
        what = f'the option "{option.id}" of {later.version} is not the one that was signed'
        hint = "put its table, and the event of its signature, back; a new price is a new version"
        yield Disagreement(what, hint, french)
    elif not contract.slips:
        yield from settings_refused(later.options[option.id], option)


def _band(contract: Contract, offer: Offer) -> Iterator[Disagreement]:
    """Yield what is wrong with a contracted band: one that the offer does not have, or none where it asks for one."""
    if contract.band is None:
        if offer.bands and offer.bands.floor == "contracted":
            french = f"L'offre {offer.version} facture au moins la tranche souscrite, que le contrat n'indique pas."
            yield Disagreement(f"{offer.version} bills at least the contracted band", "write `band = …`", french)
    elif offer.bands is None:
        french = f"L'offre {offer.version} n'a pas de tranches ; le contrat en indique une."
        yield Disagreement(f"{offer.version} has no bands", "take `band` out of the contract", french)
    elif not is_band(contract.band, offer.bands):
        tops = tops_in_words(offer.bands)
        french = f"{contract.band} n'est pas une tranche de l'offre {offer.version} (tranches : {tops})."
        yield Disagreement(f"{contract.band} is no band of {offer.version}", f"bands: {tops}", french)
