"""What a group of notifications says, made when it is shown and stored nowhere."""

from django.utils.translation import ngettext

from curbside.anonymous.notifications.kinds import Kind


def line(kind: Kind, number: int) -> str:
    """One line for so many of a kind in one thread."""
    return _lines(number)[kind] % {"number": number}


def _lines(number: int) -> dict[Kind, str]:
    return {
        Kind.ANSWER: ngettext("%(number)d answer to you", "%(number)d answers to you", number),
        Kind.UPDATE: ngettext("%(number)d update", "%(number)d updates", number),
        Kind.OUTCOME: ngettext("What happened: the outcome is told", "What happened: the outcome was told %(number)d times", number),
        Kind.MENTION: ngettext("You were mentioned", "You were mentioned %(number)d times", number),
        Kind.HELPFUL: ngettext("An answer of yours helped", "Your answers helped %(number)d times", number),
        Kind.PAGE: ngettext("An urgent case asks your specialty", "An urgent case asked your specialty %(number)d times", number),
        Kind.MODERATION: ngettext("A moderator decided", "Moderators decided %(number)d times", number),
        Kind.MESSAGE: ngettext("%(number)d private message", "%(number)d private messages", number),
    }
