"""What the shared layer of a thread's page depends on (kit.layers), and how a write says that it changed.

Every action whose result stands on a page calls ``page_changed`` in its transaction, or changes ``Thread.version`` along with the row.
"""

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from curbside.anonymous.discussion.models import Thread
from curbside.anonymous.membership.queries import badge_changes
from curbside.anonymous.sealing.queries import erasures_so_far
from curbside.kit.ids import random_id


def page_changed(*, thread_id: int) -> None:
    """Have the thread's page rendered anew for everyone. One query."""
    Thread.objects.filter(pk=thread_id).update(version=random_id())


def epoch() -> Coalesce:
    """What every shared part depends on beside its own version: erasures and badges. Read along with the page's first query."""
    erased, badges = (Coalesce(Cast(count, CharField()), Value("0")) for count in (erasures_so_far(), badge_changes()))
    return Coalesce(Concat(erased, Value("."), badges, output_field=CharField()), Value(""))
