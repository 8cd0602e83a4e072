"""Addresses of moderation for templates of rooms that do not know it (discussion.tools)."""

from django import template

from curbside.anonymous.discussion.tools import Tools, addresses

register = template.Library()


@register.simple_tag
def own_moderation() -> str:
    """Where a member reads what became of their reports and posts; empty where no room takes reports."""
    found = addresses()
    return found.mine() if found else ""


@register.simple_tag
def report_of_case(case_id: int) -> str:
    """Where a case is reported; empty likewise."""
    found = addresses()
    return found.report_case(case_id) if found else ""


@register.simple_tag
def report_of_comment(comment_id: int) -> str:
    """Where a comment is reported; empty likewise."""
    found = addresses()
    return found.report_comment(comment_id) if found else ""


@register.simple_tag
def report_of_message(message_id: int) -> str:
    """Where a private message is reported; empty likewise."""
    found = addresses()
    return found.report_message(message_id) if found else ""


@register.simple_tag
def removal_of_comment(tools: Tools | None, comment_id: int) -> str:
    """Where a moderator removes a comment; empty for everyone else."""
    return tools.remove_comment(comment_id) if tools else ""


@register.simple_tag
def tags_of_case(tools: Tools | None, case_id: int) -> str:
    """Where a moderator corrects a case's tags; empty for everyone else."""
    return tools.correct_tags(case_id) if tools else ""
