"""Writes of one-off posts. No argument here is a member, and no row written here leads to one."""

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curbside.anonymous.cases.actions import first_stage, salted, takes_lists
from curbside.anonymous.cases.documents import CaseText
from curbside.anonymous.cases.models import THREAD_KIND, Case, Quota
from curbside.anonymous.discussion.actions import start_thread
from curbside.anonymous.discussion.noticing import notice_words
from curbside.anonymous.polls.actions import Asked, open_poll
from curbside.anonymous.sealing.actions import seal_text
from curbside.credential.field import Nullifier, element_bytes
from curbside.kit.clock import today
from curbside.kit.errors import Conflict, NotAllowed, TooMany


@transaction.atomic
def post_as_nobody(
    *,
    case_id: int,
    nullifier: Nullifier,
    quota: Nullifier,
    kind: Case.Kind,
    specialty: str,
    language: str,
    text: CaseText,
    poll: Asked | None = None,
) -> Case:
    """Post a case or a lesson without an author, counted against its day; with a poll inside, if one is asked."""
    if Case.objects.filter(pk=case_id).exists():
        raise Conflict(_("This was posted already."))
    stage = first_stage(kind, text)
    blind = takes_lists(kind, text, stage)
    case = Case.objects.create(
        pk=case_id,
        kind=kind,
        nullifier=element_bytes(nullifier),
        quota=_use(quota),
        thread=start_thread(kind=THREAD_KIND),
        text_id=seal_text(document=salted(text, blind=blind).to_seal()),
        specialty=specialty,
        language=language,
        blind=blind,
        stage=stage,
    )
    notice_words(thread_id=case.thread_id, words=text.in_words())
    if poll:
        open_poll(thread=case.thread, asked=poll)
    return case


def _use(nullifier: Nullifier) -> Quota:
    quota, _is_new = Quota.objects.get_or_create(nullifier=element_bytes(nullifier), defaults={"day": today()})
    if Quota.objects.filter(pk=quota.pk, blocked=False, posts__lt=settings.ONE_OFFS_A_DAY).update(posts=F("posts") + 1):
        return quota
    if quota.blocked:
        raise NotAllowed(_("A moderator ended your posts as nobody for today. Tomorrow (UTC) you can post again."))
    most = settings.ONE_OFFS_A_DAY
    raise TooMany(
        ngettext(
            "You posted as nobody today already, and one such post a day is allowed.",
            "You posted as nobody %(most)d times today, and no more is allowed in a day.",
            most,
        )
        % {"most": most}
    )


def forget_quotas() -> int:
    """Erase the quotas of days that are over, and with them what tied a post to one; gives how many."""
    return Quota.objects.filter(day__lt=today()).delete()[1].get(Quota._meta.label, 0)  # noqa: SLF001 - Django's documented name
