"""What a case's page shows of lists: the standing to everyone alike, to a reader whether answers are kept back and their own list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from curbside.anonymous.cases.differentials.documents import GivenList
from curbside.anonymous.cases.differentials.forms import ListForm
from curbside.anonymous.cases.differentials.marks import mark_of
from curbside.anonymous.cases.differentials.standing import standing
from curbside.anonymous.cases.documents import Named
from curbside.anonymous.cases.models import Case
from curbside.anonymous.membership.models import Member
from curbside.anonymous.sealing.secrecy import Document, TextId
from curbside.kit.layers import Layer, render_layer


@dataclass(frozen=True, slots=True, repr=False)
class SharedLists:
    """What everyone is shown of a case's lists, and what finds a reader's own among them. Held in memory with the page's shared layer."""

    standing: Layer
    number: int
    salt: str
    given: Mapping[str, GivenList]
    """By mark."""


@dataclass(frozen=True, slots=True)
class ListsPart:
    """A case's lists for one reader."""

    standing: Layer
    number: int
    own: Sequence[Named]
    """The reader's list; empty for none."""
    own_looked: bool
    hides: bool
    """Whether others' answers are kept back from this reader."""
    looked: bool
    form: ListForm | None
    """For who can still give a list."""


def shared_lists(case: Case, salt: str, marks: Mapping[int, tuple[str, ...]], documents: Mapping[TextId, Document]) -> SharedLists | None:
    """Of a case that takes or took lists; None for any other. ``marks`` are by the lists' texts. No query."""
    if not salt or not (case.blind or marks):
        return None
    opened = ((mark, GivenList.opened(documents[TextId(text_id)])) for text_id, (mark, *_more) in sorted(marks.items()))
    given = {mark: replace(one, giver=0) for mark, one in opened}
    told = standing(list(given.values()))
    context = {"standing": told, "pools": [told.everyone, *told.specialties], "case": case}
    return SharedLists(render_layer("cases/_standing.html", context), len(given), salt, given)


def lists_part(
    shared: SharedLists | None, case: Case, *, reader: Member, own_case: bool, looked: bool, form: ListForm | None = None
) -> ListsPart | None:
    """For this reader; None where the case takes no lists. ``form`` is one that was sent and is wrong. No query."""
    if shared is None:
        return None
    given = shared.given.get(mark_of(shared.salt, reader.pk))
    may_give = case.keeps_answers_back and given is None and not own_case
    return ListsPart(
        standing=shared.standing,
        number=shared.number,
        own=given.diagnoses if given else (),
        own_looked=given is not None and given.looked,
        hides=may_give and not looked,
        looked=looked,
        form=(form or ListForm()) if may_give and reader.may_write else None,
    )
