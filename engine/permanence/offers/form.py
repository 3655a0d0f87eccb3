"""Rule files read, and judged by their form: tables one by one, and prices by their ways of pricing."""

from functools import partial

from ..bill.price.form import price_faults
from ..read.offers import offers

read_offer = partial(offers.read_offer, further=price_faults)
"""Read one rule file."""
read_offers = partial(offers.read_offers, further=price_faults)
"""Read several rule files, and tell where two of them hold one version."""
read_offer_text = partial(offers.read_offer_text, further=price_faults)
"""Read a text that is to become a rule file."""
