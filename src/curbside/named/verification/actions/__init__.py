"""Writes of verification: applying, showing control of a licence, deciding, erasing. Each locks the application it changes."""

from curbside.named.verification.actions.applying import answer_question, apply, withdraw
from curbside.named.verification.actions.deciding import accept, ask_for_more, end_lapsed_licences, end_licence, refuse
from curbside.named.verification.actions.erasing import erase_old_evidence
from curbside.named.verification.actions.showing import confirm_code, keep_document, make_vouch_link, send_code, vouch

__all__ = [
    "accept",
    "answer_question",
    "apply",
    "ask_for_more",
    "confirm_code",
    "end_lapsed_licences",
    "end_licence",
    "erase_old_evidence",
    "keep_document",
    "make_vouch_link",
    "refuse",
    "send_code",
    "vouch",
    "withdraw",
]
