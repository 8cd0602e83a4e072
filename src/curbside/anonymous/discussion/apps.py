"""The discussion app; on start it says what happens to comments when their author leaves."""

from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    """Comments under anything that holds a thread."""

    name = "curbside.anonymous.discussion"

    def ready(self) -> None:
        """Comments go with who wrote them."""
        from curbside.anonymous.discussion.actions import erase_comments_of
        from curbside.anonymous.discussion.own import own_comments_here, own_shelf_here, register_own
        from curbside.anonymous.discussion.queries import export_comments
        from curbside.anonymous.discussion.reacting import erase_reactions_of
        from curbside.anonymous.discussion.reactions import export_reactions, own_reactions_here
        from curbside.anonymous.membership.leaving import on_export, on_leaving

        register_own(own_comments_here)
        register_own(own_shelf_here)
        register_own(own_reactions_here)
        on_leaving(erase_reactions_of)
        on_leaving(erase_comments_of)
        on_export(export_comments)
        on_export(export_reactions)
