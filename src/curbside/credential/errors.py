"""What the door refuses, each with a sentence fit for the person who knocks.

The `sentence` never carries input: it is marked for translation and may be shown to anyone. `detail` is for
operators and the command line, and is plain ASCII even where the input was not.
"""

from __future__ import annotations


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation; whoever shows it translates it."""
    return message


class CredentialError(Exception):
    """Anything the door refuses."""

    sentence = gettext_noop("This could not be checked.")
    status = 400

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class NumberRefused(CredentialError):
    """A number out of range or not in its one spelling."""

    sentence = gettext_noop("A number in this is not written as it must be.")


class NameRefused(CredentialError):
    """A host, roll, hash or base64url text that breaks its grammar."""

    sentence = gettext_noop("A name in this is not written as it must be.")


class JsonRefused(CredentialError):
    """Bytes that are not the JSON that was expected."""

    sentence = gettext_noop("This is not in the form that was expected.")


class RollRefused(CredentialError):
    """A roll file, or the leaves for one, that breaks a rule of the format."""

    sentence = gettext_noop("This roll file is damaged.")


class EditionRefused(CredentialError):
    """A manifest or pointer that breaks a rule of the format."""

    sentence = gettext_noop("This edition of the roll is damaged.")


class SignatureRefused(EditionRefused):
    """A manifest that the registrar's key did not sign."""

    sentence = gettext_noop("This edition of the roll is not signed by its registrar.")


class ChainBroken(EditionRefused):
    """An edition that is not the one right after the edition before."""

    sentence = gettext_noop("This edition of the roll does not follow the one before it.")


class SourceFailed(CredentialError):
    """A file that is absent, too long, or could not be fetched."""

    sentence = gettext_noop("The roll could not be fetched. Try again later.")
    status = 503


class TermsRefused(CredentialError):
    """The server's own terms do not fit the format: a mistake of the caller, not of the one who knocks."""

    sentence = gettext_noop("This request cannot be answered.")


class ProofRefused(CredentialError):
    """A proof that does not hold; the subclasses are the steps of "Verification" in docs/wire-format.md."""

    sentence = gettext_noop("This proof does not hold.")
    status = 403


class ShapeRefused(ProofRefused):
    """Step 1."""

    sentence = gettext_noop("This proof is not in the form that was expected.")
    status = 400


class RangeRefused(ProofRefused):
    """Step 2."""

    sentence = gettext_noop("This proof holds a number that is out of range.")
    status = 400


class OtherTerms(ProofRefused):
    """Step 3: a proof for another challenge, passkey, community or purpose."""

    sentence = gettext_noop("This proof was made for another request. Start again from the beginning.")


class OtherRoll(ProofRefused):
    """Step 4: a roll or edition that is not accepted, or a root that is not that roll's."""

    sentence = gettext_noop("This proof was made against a roll that is not accepted here. Fetch the latest and prove again.")


class PointRefused(ProofRefused):
    """Step 5."""


class EquationRefused(ProofRefused):
    """Step 6."""
