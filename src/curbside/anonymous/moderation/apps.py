"""The moderation app; on start it offers its tools to the pages of the rooms below."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """Removing what harms, with a reason that everyone can read."""

    name = "curbside.anonymous.moderation"

    def ready(self) -> None:
        """Pages ask discussion.tools who has tools."""
        from curbside.anonymous.discussion.noticing import on_warning, on_words
        from curbside.anonymous.discussion.own import register_own
        from curbside.anonymous.discussion.tools import register_addresses, register_tools
        from curbside.anonymous.membership.leaving import on_export, on_leaving
        from curbside.anonymous.moderation.forgetting import erase_words_of
        from curbside.anonymous.moderation.judging import note_harsh_words
        from curbside.anonymous.moderation.noting import note_warning
        from curbside.anonymous.moderation.queries import ReportAddresses, moderator_mark, moderators_tools, own_moderation
        from curbside.anonymous.moderation.waiting import export_reports
        from curbside.anonymous.notifications.kinds import Kind
        from curbside.anonymous.notifications.threads import register_elsewhere

        register_elsewhere(Kind.MODERATION, own_moderation)
        on_words(note_harsh_words)
        on_warning(note_warning)
        register_tools(moderators_tools)
        register_addresses(ReportAddresses())
        register_own(moderator_mark)
        on_leaving(erase_words_of)
        on_export(export_reports)
