"""An invented answering service: customers and the calls of some months, from a seed, for trials and the demo.

The shape is that of a real service: morning and afternoon peaks, short Saturdays, quiet public holidays,
nights nearly empty but for customers served around the clock, a fifth of the calls unanswered, waits that
fall off exponentially, conversations that are log-normal, a few customers with very many calls. Numbers
lie in the ranges that the French regulator keeps for fiction; no person is named.
"""

from .sample_files import write
from .service import Sample, generate, months_of

__all__ = ["Sample", "generate", "months_of", "write"]
