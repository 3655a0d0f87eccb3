"""Files of call records become columns of calls, or problems with a place."""

import os

# Arrow's own allocator keeps what one block of a file leaves: a quarter of an import's memory. It is chosen when Arrow
# is loaded, once for all of its parts.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
