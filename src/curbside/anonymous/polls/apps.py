"""The polls app; on start it says where threads of polls hang and what happens to polls when their author leaves."""

from django.apps import AppConfig


class PollsConfig(AppConfig):
    """Polls that members put to each other."""

    name = "curbside.anonymous.polls"

    def ready(self) -> None:
        """Polls go with who wrote them; their threads are found through them."""
        from curbside.anonymous.discussion.own import register_own
        from curbside.anonymous.discussion.places import register_opener, register_place
        from curbside.anonymous.membership.leaving import on_export, on_leaving
        from curbside.anonymous.notifications.threads import register_threads
        from curbside.anonymous.polls.access import locate_poll
        from curbside.anonymous.polls.actions import erase_polls_of
        from curbside.anonymous.polls.marks import own_vote
        from curbside.anonymous.polls.models import THREAD_KIND
        from curbside.anonymous.polls.queries import author_of_poll, export_polls, title_polls

        register_own(own_vote)
        register_place(THREAD_KIND, locate_poll)
        register_opener(THREAD_KIND, author_of_poll)
        register_threads(title_polls)
        on_leaving(erase_polls_of)
        on_export(export_polls)
