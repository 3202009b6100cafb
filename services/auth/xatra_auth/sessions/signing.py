"""The private key: signs access tokens. No other service has it."""

import time
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc import jwt
from joserfc.jwk import OKPKey

from xatra_shared.identity.access_tokens import ALGORITHM, AUDIENCE, ISSUER, TYPE, Claims


class Signer:
    """Signs with one key.

    Attributes:
        kid: The key's id, which is its thumbprint (RFC 7638).
        public_jwk: What others check with.
        life_seconds: How long tokens are good.
    """

    def __init__(self, seed: str, *, life_seconds: int) -> None:
        """Take the key.

        Args:
            seed: The Ed25519 private key as 64 hexadecimal digits.
            life_seconds: How long tokens shall be good.
        """
        private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))
        pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        self._key = OKPKey.import_key(pem)
        self.kid: str = self._key.thumbprint()
        self.public_jwk: dict[str, Any] = {
            **self._key.as_dict(private=False),
            "kid": self.kid,
            "use": "sig",
            "alg": ALGORITHM,
        }
        self.life_seconds = life_seconds

    def sign(self, claims: Claims) -> str:
        """Return an access token that states `claims`."""
        now = int(time.time())
        return jwt.encode(
            {"alg": ALGORITHM, "kid": self.kid, "typ": TYPE},
            {"iss": ISSUER, "aud": AUDIENCE, "iat": now, "exp": now + self.life_seconds, **claims.to_json()},
            self._key,
            algorithms=[ALGORITHM],
        )
