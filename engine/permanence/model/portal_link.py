"""Links to a customer's page: what nobody can guess, made of a secret, of which a database keeps a digest alone."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from attrs import frozen

TOKEN_BYTES = 32
"""256 bits, of which 128 could not be guessed either."""
LONGEST_TOKEN = 64


@frozen
class PortalLink:
    """A link to the page of one contract: made, valid up to, and revoked at instants in UTC seconds."""

    number: int
    contract: str
    made_at: int
    until: int
    revoked_at: int | None = None

    def is_valid(self, now: int) -> bool:
        """Tell whether it opens the page at an instant."""
        return self.revoked_at is None and now < self.until

    def token(self, key: bytes) -> str:
        """Return what stands in its address: without the key, which stands apart, nobody can make it."""
        text = f"{self.number}\n{self.contract}\n{self.until}".encode()
        return urlsafe_b64encode(hmac.digest(key, text, "sha256")).rstrip(b"=").decode()


def digest_of_token(token: str) -> str:
    """Return the SHA-256 by which the token of a link is known again."""
    return sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def same_digest(one: str, other: str) -> bool:
    """Tell whether two digests are the same, in a time that says nothing of where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
