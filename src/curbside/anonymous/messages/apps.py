"""The messages app; on start it says what happens to messages when a member leaves."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Private messages. Django's own app of this kind is called `messages` too, so the label is another."""

    name = "curbside.anonymous.messages"
    label = "private_messages"

    def ready(self) -> None:
        """Conversations go with either of the two."""
        from curbside.anonymous.membership.leaving import on_export, on_leaving
        from curbside.anonymous.messages.actions import erase_messages_of
        from curbside.anonymous.messages.queries import export_messages

        on_leaving(erase_messages_of)
        on_export(export_messages)
