"""What is asked for of a month's documents: a debit for each contract, and what is left, with what to do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from attrs import define, evolve, field, frozen

from ..contracts.parties import legal_on
from ..model.claim import Claim
from ..model.contract import Contract
from ..model.currency import EURO
from ..model.debit import AskedDebit, Creditor, Debit, DebitPart
from ..model.money import Cents
from ..model.party import LegalData
from ..model.payment_terms import DebitTerms
from ..model.period import Month
from ..model.return_reason import reason_in_words, reason_of
from ..model.seller import Seller
from .account import ClaimStanding, CustomerAccount, set_off
from .collection import collection_day, next_collection_day
from .mandates import TO_DO, AccountFault, terms_of, unfit
from .returns import asked_again_on
from .target_days import target_day_from

BY_TRANSFER = "demander un virement"


@frozen(kw_only=True)
class NotAsked:
    """What of a contract is not asked for: its documents, what they come to, why, and what to do (French)."""

    contract: str
    customer: str
    documents: tuple[str, ...]
    amount: Cents
    currency: str
    why: str
    to_do: str


@frozen
class Demanded:
    """What is asked for, by creditor, and what is left."""

    debits: Mapping[Creditor, tuple[Debit, ...]]
    left: tuple[NotAsked, ...]


@frozen(kw_only=True)
class DemandsOf:
    """On what demands rest besides the accounts: who is on file, terms, the day, whether returns are asked again."""

    month: Month
    on: date
    contracts: Mapping[str, Contract]
    sellers: Mapping[str, Seller]
    terms: DebitTerms
    again: bool
    fault_of: AccountFault


def demanded(accounts: Iterable[CustomerAccount], of: DemandsOf) -> Demanded:
    """Return what is asked for of a month's documents, and what is left."""
    accounts = tuple(accounts)
    walk = _Demands(of, [one for account in accounts for one in account.debits])
    for account in accounts:
        walk.add(account)
    return Demanded({creditor: tuple(debits) for creditor, debits in walk.debits.items()}, tuple(walk.left))


@define
class _Demands:
    """What was gone through of a month's accounts."""

    of: DemandsOf
    before: Sequence[AskedDebit]
    debits: dict[Creditor, list[Debit]] = field(factory=dict)
    left: list[NotAsked] = field(factory=list)
    uses: dict[tuple[str, str], list[Debit]] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        for one in self.before:
            if not one.came_back:
                self._use(one.debit)

    def _use(self, debit: Debit) -> None:
        self.uses.setdefault((debit.contract, debit.mandate), []).append(debit)

    def add(self, account: CustomerAccount) -> None:
        """Add what is asked for of an account, and what is left of it."""
        theirs = [one for one in account.standings if one.claim.month == str(self.of.month)]
        for given in _alike(one for one in theirs if one.left < 0):
            self._leave(given, "avoir sans facture à compenser", "imputé sur la prochaine facture, ou à rembourser")
        first = [one for one in theirs if one.left > 0 and not account.times_asked(one.claim.number)]
        back = [one for one in theirs if one.left > 0 and account.times_asked(one.claim.number) and not one.asked]
        for standing in back:
            self._back(account, standing)
        for alike in _alike(first):
            self._ask(account, alike)

    def _back(self, account: CustomerAccount, standing: ClaimStanding) -> None:
        """Ask again for what came back, where that may help and is wished; leave it otherwise."""
        last = account.last_debit(standing.claim.number)
        if last is None:
            return
        reason, terms = reason_of(last.returned), self._terms(standing.claim)
        again = asked_again_on(last, terms)
        if again and self.of.again:
            self._ask(account, [standing])
            return
        why = reason_in_words(last.returned)
        to_do = f"permanence debits {self.of.month} --again" if again else reason.to_do
        self._leave([standing], why, BY_TRANSFER if not again and reason.again else to_do)

    def _terms(self, claim: Claim) -> DebitTerms:
        return terms_of(self.of.contracts.get(claim.contract), self.of.on, self.of.terms)

    def _leave(self, standings: Sequence[ClaimStanding], why: str, to_do: str) -> None:
        claim = standings[0].claim
        self.left.append(
            NotAsked(
                contract=claim.contract,
                customer=claim.customer,
                documents=tuple(one.claim.number for one in standings),
                amount=Cents(sum(one.left for one in standings)),
                currency=claim.currency,
                why=why,
                to_do=to_do,
            )
        )

    def _ask(self, account: CustomerAccount, standings: Sequence[ClaimStanding]) -> None:
        claim = standings[-1].claim
        contract, seller = self.of.contracts.get(claim.contract), self.of.sellers.get(claim.seller)
        if claim.currency != EURO:
            self._leave(standings, f"le montant est en {claim.currency}, un prélèvement SEPA en euros", BY_TRANSFER)
        elif contract is None:
            self._leave(standings, f"le contrat {claim.contract} n'est plus enregistré", "le remettre dans contracts/")
        elif seller is None or not (seller.iban and seller.creditor_identifier):
            what = f"le vendeur « {claim.seller} » n'a pas d'IBAN ou d'identifiant créancier (ICS)"
            self._leave(standings, what, f"les écrire dans sellers/{claim.seller}.toml")
        else:
            self._debit(account, standings, contract, seller)

    def _debit(
        self, account: CustomerAccount, standings: Sequence[ClaimStanding], contract: Contract, seller: Seller
    ) -> None:
        claim, data = standings[-1].claim, legal_on(contract, self.of.on)
        collect_on = self._collected(account, standings)
        uses = self.uses.get((contract.id, data.mandate.reference), []) if data.mandate else []
        last = max((one.collect_on for one in uses), default=None)
        if why := unfit(data, contract.customer.kind, self.of.on, collect_on, last, self.of.fault_of):
            self._leave(standings, why.sentence, TO_DO[why.what])
            return
        parts = tuple(_parts(account, standings))
        debit = _debit(data, contract, claim, parts, collect_on)
        former = uses[-1].iban if uses and uses[-1].iban != data.iban else ""
        used = uses or (data.mandate and data.mandate.last_used)
        debit = evolve(debit, sequence="RCUR" if used else "FRST", former_iban=former)
        self._use(debit)
        creditor = Creditor(
            seller=seller.id,
            name=seller.name,
            identifier=seller.creditor_identifier,
            iban=seller.iban,
            bic=seller.bic,
        )
        self.debits.setdefault(creditor, []).append(debit)

    def _collected(self, account: CustomerAccount, standings: Sequence[ClaimStanding]) -> date:
        claim = standings[-1].claim
        terms = self._terms(claim)
        if account.times_asked(claim.number):
            return next_collection_day(terms, self.of.on)
        day = collection_day(terms, self.of.month, max(one.claim.issued_on for one in standings), self.of.on)
        told = (one.claim.payment.on for one in standings if one.claim.payment)
        return max([day, *map(target_day_from, told)])


def _alike(standings: Iterable[ClaimStanding]) -> Iterable[Sequence[ClaimStanding]]:
    """Return documents in lots of one seller and one currency: what is of two is never one amount."""
    found: dict[tuple[str, str], list[ClaimStanding]] = {}
    for one in standings:
        found.setdefault((one.claim.seller, one.claim.currency), []).append(one)
    return found.values()


def _debit(data: LegalData, contract: Contract, claim: Claim, parts: tuple[DebitPart, ...], collect_on: date) -> Debit:
    """Return a debit of a mandate that is fit, as that of one used for the first time."""
    if data.mandate is None:
        raise ValueError(f"{contract.id} has no mandate")
    time = max(part.time for part in parts if part.document == claim.number)
    return Debit(
        reference=claim.number if time == 1 else f"{claim.number}-{time}",
        contract=contract.id,
        holder=data.name or contract.customer.name,
        iban=data.iban,
        mandate=data.mandate.reference,
        signed=data.mandate.signed,
        scheme=data.mandate.kind,
        sequence="FRST",
        collect_on=collect_on,
        parts=parts,
    )


def _parts(account: CustomerAccount, standings: Sequence[ClaimStanding]) -> Iterator[DebitPart]:
    """Yield what a debit asks for each document: what is open of it, and the credits that are set off against it."""
    opens = {one.claim.number: one.open for one in account.standings}
    wanted = {one.claim.number for one in standings}
    found = {number: opens[number] for number in wanted}
    given: dict[str, int] = {}
    for one in set_off(account.claims, opens):
        if one.invoice in wanted:
            given[one.credit] = given.get(one.credit, 0) - one.amount
    for claim in account.claims:
        amount = found.get(claim.number) or given.get(claim.number)
        if amount:
            yield DebitPart(claim.number, Cents(amount), account.times_asked(claim.number) + 1)
