"""Erasing evidence: with the decision, and after 30 days at the latest, decided or not."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from curbside.kit.clock import now, today
from curbside.named.verification.models import AddressCode, Application, Document, Vouch, VouchLink

LONGEST: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Erased:
    """How much went."""

    documents: int
    codes: int
    answers: int
    vouches: int


def erase_evidence_of(application: Application) -> None:
    """Erase all that was shown for one application. Vouches stay a month, to count what each doctor gave."""
    Document.objects.filter(application=application).delete()
    AddressCode.objects.filter(application=application).delete()
    VouchLink.objects.filter(application=application).delete()


@transaction.atomic
def erase_old_evidence() -> Erased:
    """Erase what was kept for 30 days, and codes that ended unused; whoever still waits is asked to show it again."""
    before = today() - LONGEST
    old = Document.objects.filter(kept_since__lte=before)
    waiting = set(old.values_list("application_id", flat=True))
    documents, _rows = old.delete()
    _ask_again(waiting)
    return Erased(documents, _erase_codes(), _erase_answers(), _erase_vouches())


def _ask_again(application_ids: set[int]) -> None:
    sentence = _("Your document was erased after 30 days, before it was judged. Upload it again, please.")
    undecided = Application.objects.filter(pk__in=application_ids, control=Application.Control.DOCUMENT, documents=None)
    open_ones = undecided.filter(state__in=[Application.State.OPEN, Application.State.MORE_ASKED])
    for application in open_ones.select_for_update(of=("self",)):  # the documents are joined as nullable
        application.control, application.state, application.question = Application.Control.NONE, Application.State.MORE_ASKED, sentence
        application.save(update_fields=["control", "state", "question"])


def _erase_codes() -> int:
    """Codes that ended without being right; and right ones, kept as evidence, after 30 days."""
    unused = AddressCode.objects.filter(ends_at__lte=now()).exclude(application__control=Application.Control.CODE)
    count, _rows = unused.delete()
    old, _rows = AddressCode.objects.filter(kept_since__lte=today() - LONGEST).delete()
    VouchLink.objects.filter(ends_on__lt=today()).delete()
    return count + old


def _erase_answers() -> int:
    return Application.objects.filter(answered_on__lte=today() - LONGEST).update(answer="", answered_on=None)


def _erase_vouches() -> int:
    decided = Vouch.objects.filter(vouched_on__lte=today() - LONGEST)
    decided = decided.exclude(application__state__in=[Application.State.OPEN, Application.State.MORE_ASKED])
    count, _rows = decided.delete()
    return count
