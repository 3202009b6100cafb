"""Encrypts what goes into the backup store, where a key is given: age's format, which the program `age` reads too."""

import hashlib
import shutil
from typing import Final, Protocol

import pyrage

_PLAIN: Final = "plain"
_CHUNK_BYTES: Final = 1 << 20


class WrongKeyError(Exception):
    """What is to be read was encrypted by another key, or by none; the text says what to do."""


class DamagedError(Exception):
    """What is to be read is not what was encrypted."""


class Source(Protocol):
    """What is read from; no bytes: that was all."""

    def read(self, size: int = ..., /) -> bytes:
        """Return so many bytes or fewer."""


class Target(Protocol):
    """What is written to."""

    def write(self, data: bytes, /) -> int:
        """Write all of the data, and return how long they are."""

    def flush(self) -> None:
        """Write what was held back."""


class Cipher:
    """Encrypts and decrypts by one key, or passes everything on where there is none."""

    def __init__(self, key: str | None) -> None:
        """Take a key as `make_key` makes them.

        Raises:
            WrongKeyError: It is no such key.
        """
        self._identity: pyrage.x25519.Identity | None = None
        self.key_id = _PLAIN
        """Names the key without giving it away; `plain` where there is none."""
        self.suffix = ""
        """Ends the names of what is encrypted."""
        if key is None:
            return
        # Comments of age-keygen begin with #.
        lines = [line for line in key.split() if line.startswith("AGE-SECRET-KEY-")]
        try:
            (line,) = lines
            self._identity = pyrage.x25519.Identity.from_str(line)
        except (ValueError, pyrage.IdentityError):
            raise WrongKeyError(
                "BACKUP_KEY is no key: one line AGE-SECRET-KEY-… as `xatra-backup key` prints it."
            ) from None
        self.key_id = hashlib.sha256(str(self._identity.to_public()).encode()).hexdigest()[:16]
        self.suffix = ".age"

    def check(self, key_id: str) -> None:
        """Return if this is the key by which a backup was encrypted.

        A backup that is not encrypted is refused too where there is a key: whoever may write into the store could have
        put it there.

        Raises:
            WrongKeyError: It is not.
        """
        if key_id == self.key_id:
            return
        if self.key_id == _PLAIN:
            sentence = (
                f"The backup is encrypted by the key {key_id}, and none is given: put it into secrets/backup_key."
            )
        elif key_id == _PLAIN:
            sentence = "The backup is not encrypted although a key is given. If it is yours, let secrets/backup_key be empty meanwhile."
        else:
            sentence = f"The backup is encrypted by the key {key_id}, and the one that is given is {self.key_id}."
        raise WrongKeyError(sentence)

    def encrypt(self, content: bytes) -> bytes:
        """Return content as it is stored."""
        if self._identity is None:
            return content
        encrypted: bytes = pyrage.encrypt(content, [self._identity.to_public()])
        return encrypted

    def decrypt(self, stored: bytes) -> bytes:
        """Return content that was stored.

        Raises:
            DamagedError: It is not what was stored.
        """
        if self._identity is None:
            return stored
        try:
            content: bytes = pyrage.decrypt(stored, [self._identity])
        except (pyrage.DecryptError, OSError) as error:
            raise DamagedError(str(error)) from error
        return content

    def encrypt_stream(self, source: Source, target: Target) -> None:
        """Write a stream as it is stored."""
        if self._identity is None:
            shutil.copyfileobj(source, target, _CHUNK_BYTES)
        else:
            pyrage.encrypt_io(source, target, [self._identity.to_public()])

    def decrypt_stream(self, source: Source, target: Target) -> None:
        """Write a stream that was stored.

        Raises:
            DamagedError: It is not what was stored; what came before the damage is written by then.
        """
        if self._identity is None:
            shutil.copyfileobj(source, target, _CHUNK_BYTES)
            return
        try:
            pyrage.decrypt_io(source, target, [self._identity])
        except (pyrage.DecryptError, OSError) as error:
            raise DamagedError(str(error)) from error


def make_key() -> str:
    """Return a new key."""
    return str(pyrage.x25519.Identity.generate())
