"""What a moderator may do to a post, and where members report one.

The room above that appoints moderators registers itself here; without it nobody is one, and there is nowhere to report.
"""

from typing import Protocol

from curbside.anonymous.discussion.own import Own
from curbside.anonymous.membership.models import Member


class Tools(Protocol):
    """The addresses of a moderator's tools, for templates."""

    def log(self) -> str:
        """Where what moderators did stands."""
        ...

    def remove_case(self, case_id: int) -> str:
        """Where a case is removed."""
        ...

    def remove_comment(self, comment_id: int) -> str:
        """Where a comment is removed."""
        ...

    def correct_tags(self, case_id: int) -> str:
        """Where a case's specialty, conditions and urgency are corrected."""
        ...

    def block_quota(self, case_id: int) -> str:
        """Where the quota behind a one-off post of today is blocked."""
        ...


class Addresses(Protocol):
    """Where any member goes with what moderators should see."""

    def mine(self) -> str:
        """Where a member reads what became of their reports and posts."""
        ...

    def report_case(self, case_id: int) -> str:
        """Where a case is reported."""
        ...

    def report_comment(self, comment_id: int) -> str:
        """Where a comment is reported."""
        ...

    def report_message(self, message_id: int) -> str:
        """Where a private message is reported."""
        ...


class FindTools(Protocol):
    """Gives the tools of a moderator, and none to anyone else."""

    def __call__(self, *, reader: Member, own: Own | None = None) -> Tools | None:
        """Look: in the reader's marks, where a page has read them already."""
        ...


_finders: list[FindTools] = []
_addresses: list[Addresses] = []


def register_addresses(addresses: Addresses) -> None:
    """Say where members report."""
    if addresses not in _addresses:
        _addresses.append(addresses)


def addresses() -> Addresses | None:
    """Where members report; None where no room takes reports."""
    return _addresses[0] if _addresses else None


def register_tools(find: FindTools) -> None:
    """Say which function knows moderators."""
    if find not in _finders:
        _finders.append(find)


def tools_of(reader: Member, own: Own | None = None) -> Tools | None:
    """The reader's tools, if the reader is a moderator. No query where the page has read the reader's marks."""
    return next((tools for find in _finders if (tools := find(reader=reader, own=own)) is not None), None)
