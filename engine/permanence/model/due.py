"""When a price by the month is due: with its own month, or on the invoice of the month before."""

from typing import Literal

DueTime = Literal["in_arrears", "in_advance"]
DUE = "When the monthly price is due: on the invoice of its own month, or on that of the month before."
