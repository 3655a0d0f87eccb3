"""Parrainage: who brought another customer has a credit each month."""

from permanence import Option, Words, frozen, hookimpl


@frozen(kw_only=True)
class ReferralCredit(Option):
    """A price below zero, by the month."""

    id = "referral_credit"
    label = Words("Remise de parrainage", "Referral credit")
    credit = True


@hookimpl
def register_options() -> list[type[Option]]:
    return [ReferralCredit]
