"""What is judged: a case or a comment, whose it is, and of which hub."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy

from curbside.anonymous.cases.aliases import sanctions_target
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.membership.models import Member
from curbside.anonymous.membership.queries import country_shown
from curbside.anonymous.polls.models import Poll

OWN_POST: Final = gettext_lazy("This is your own post: another moderator judges it.")


@dataclass(frozen=True, slots=True)
class Post:
    """A case or a poll, or a comment under it. Ids are random, so that of a poll is no case's."""

    case: Case | Poll
    comment: Comment | None = None

    @property
    def author(self) -> Member | None:
        """Who wrote it; none of a one-off post."""
        return self.comment.author if self.comment else self.case.author

    @property
    def under_alias(self) -> bool:
        """Whether its author is behind the alias of the case, whose own comments are marked as the opener's."""
        return isinstance(self.case, Case) and self.case.under_alias and (self.comment is None or self.comment.by_opener)

    def hidden_author(self) -> Member | None:
        """Who is behind an alias, for a sanction; no page may show it. Ask before words are erased. No query where there is no alias."""
        by_author = self.comment is None or self.comment.by_opener
        return sanctions_target(case=self.case, by_author=by_author) if isinstance(self.case, Case) else None

    @property
    def comment_id(self) -> int:
        """As rows keep it."""
        return self.comment.pk if self.comment else 0

    @property
    def state(self) -> str:
        """Shown, hidden or erased, in its room's word."""
        return self.comment.state if self.comment else self.case.state

    @property
    def edited_at(self) -> datetime | None:
        """When its words were changed last."""
        return self.comment.edited_at if self.comment else self.case.edited_at

    @property
    def address(self) -> str:
        """The page it stands on."""
        return reverse("polls:show_poll" if isinstance(self.case, Poll) else "cases:show_case", args=[self.case.pk])

    def author_ids(self) -> set[int]:
        """Whom to tell of what becomes of it."""
        return {self.author.pk} if self.author else set()

    def place(self) -> dict[str, int]:
        """By which reports and decisions find it."""
        return {"case_id": self.case.pk, "comment_id": self.comment_id}

    def hub(self) -> dict[str, str]:
        """The hubs whose moderators judge it: the case's specialty, and the country that its author shows, if any. One query."""
        return {"specialty": self.case.specialty, "country": country_shown(self.case.author) if self.case.author else ""}
