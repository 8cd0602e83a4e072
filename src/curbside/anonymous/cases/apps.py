"""The cases app; on start it says where threads of cases hang and what happens to cases when their author leaves."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases that members put to each other."""

    name = "curbside.anonymous.cases"

    def ready(self) -> None:
        """Cases go with who wrote them; their threads are found through them."""
        from curbside.anonymous.cases.access import locate_case
        from curbside.anonymous.cases.actions import erase_cases_of
        from curbside.anonymous.cases.aliases import alias_opener, asks_in_case
        from curbside.anonymous.cases.differentials.actions import erase_lists_of
        from curbside.anonymous.cases.differentials.queries import export_lists, lists_here
        from curbside.anonymous.cases.members.queries import helped_part, posts_part
        from curbside.anonymous.cases.models import THREAD_KIND
        from curbside.anonymous.cases.own import export_alias_comments, export_cases
        from curbside.anonymous.cases.queries import author_of_case, title_cases
        from curbside.anonymous.discussion.own import register_own
        from curbside.anonymous.discussion.places import register_alias, register_asker, register_opener, register_place
        from curbside.anonymous.membership.leaving import on_export, on_leaving
        from curbside.anonymous.membership.profiles import register_part
        from curbside.anonymous.notifications.threads import register_threads

        register_own(lists_here)
        register_place(THREAD_KIND, locate_case)
        register_opener(THREAD_KIND, author_of_case)
        register_alias(THREAD_KIND, alias_opener)
        register_asker(THREAD_KIND, asks_in_case)
        register_threads(title_cases)
        register_part(helped_part)
        register_part(posts_part)
        on_leaving(erase_cases_of)
        on_leaving(erase_lists_of)
        on_export(export_cases)
        on_export(export_alias_comments)
        on_export(export_lists)
