"""What lists and search find a case by, put right by somebody other than its author: its words stay as they are."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from curbside.anonymous.cases.documents import Named
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.shared import page_changed
from curbside.anonymous.sealing.actions import NoSuchText, mark_changed, reseal_text
from curbside.anonymous.sealing.queries import read_text
from curbside.anonymous.sealing.secrecy import Document, JSONValue, TextId
from curbside.kit.errors import Conflict


@transaction.atomic
def retag_case(*, case: Case, specialty: str, conditions: Sequence[Named], urgency: str) -> None:
    """Put these in place of what stood there. It is no edit of the author's: the minute of the last one stays."""
    if case.text_id is None:
        raise Conflict(_("This case was removed meanwhile."))
    text_id = TextId(case.text_id)
    mark_changed(text_id=text_id)  # locks it before it is read: else words that its author takes out just now would come back
    tags: dict[str, JSONValue] = {"conditions": [named.to_seal() for named in conditions], "urgency": urgency}
    kept = {part: value for part, value in read_text(text_id).items() if part not in tags}
    try:
        reseal_text(text_id=text_id, document=Document(kept | {part: value for part, value in tags.items() if value}))
    except NoSuchText as error:
        raise Conflict(_("This case was removed meanwhile.")) from error
    Case.objects.filter(pk=case.pk).update(specialty=specialty)
    page_changed(thread_id=case.thread_id)
