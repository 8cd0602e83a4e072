"""What members do in the community's rooms beside writing cases and comments, and who moderates.

Chance is a source of its own, so that the year of all else stays as it was.
"""

import random  # noqa: TID251 - a seeded drill must repeat
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from tests.drill.people import Doctor, text

Order = dict[str, Any]
MODERATORS = 3
_HANDS_IN = 8
"""The week after which the operator appoints moderators."""
_IN_A_WEEK = {
    "react": 0.12,
    "visit_hub": 0.04,
    "choose_notices": 0.01,
    "report": 0.012,
    "appeal": 0.02,
    "give_list": 0.03,
    "post_poll": 0.006,
    "vote": 0.05,
    "keep_on_shelf": 0.04,
    "note_member": 0.01,
    "look_home": 0.03,
    "talk_in_lounge": 0.03,
}
"""How likely a member does each in a week."""


class Habits:
    """The year's chance for all rooms."""

    def __init__(self, seed: str) -> None:
        self.chance = random.Random(f"{seed} rooms")
        self.moderators: list[Doctor] = []

    def week_of(self, doctor: Doctor, monday: date) -> Iterator[tuple[date, float, Order]]:
        """What a member who is there does in a week: day, hour, order."""
        for do, likely in _IN_A_WEEK.items():
            if self.chance.random() < likely:
                day, hour = monday + timedelta(days=self.chance.randrange(6)), (doctor.hour + self.chance.gauss(0, 1.2)) % 24
                yield day, hour, {"do": do, "who": doctor.anonymous_handle, **self._with(do, doctor)}

    def _with(self, do: str, doctor: Doctor) -> Order:
        chance = self.chance
        if do == "report":
            return {"reason": chance.choice(("danger", "abuse", "patient")), "words": text(chance, doctor.language, 12)}
        if do == "appeal":
            return {"words": text(chance, doctor.language, 20)}
        if do == "talk_in_lounge":
            begins = chance.random() < 0.3
            return {
                "begins": begins,
                "words": [text(chance, doctor.language, 5), text(chance, doctor.language, 25)],
                "language": doctor.language,
            }
        if do == "note_member":
            return {"words": text(chance, doctor.language, 8)}
        if do == "give_list":
            return {"diagnoses": [text(chance, doctor.language, 2) for _ in range(chance.randrange(1, 5))]}
        if do == "post_poll":
            options = [text(chance, doctor.language, 3) for _ in range(chance.randrange(2, 5))]
            specialty = doctor.specialties[0] if doctor.specialties else "neurology"
            return {"question": text(chance, doctor.language, 9), "options": options, "specialty": specialty, "language": doctor.language}
        if do == "visit_hub":
            return {"specialty": chance.choice((*doctor.specialties, "neurology", "cardiology"))}
        return {}

    def of_a_case(self, doctor: Doctor) -> Order:
        """What a case has beside its words: what it asks, how soon, a picture, a poll inside."""
        chance = self.chance
        found: Order = {}
        if chance.random() < 0.2:
            found["under"] = "alias"
        if chance.random() < 0.2:
            found["asks"] = "diagnosis"
        if chance.random() < 0.08:
            found["urgency"] = "today"
        if chance.random() < 0.05:
            found["caption"] = text(chance, doctor.language, 6)
        if chance.random() < 0.05:
            found["poll"] = [text(chance, doctor.language, 4) for _ in range(3)]
        return found

    def moderation(self, week: int, monday: date, here: Sequence[Doctor]) -> Iterator[tuple[date, float, Order]]:
        """The operator appoints the members of longest standing; each judges once a week."""
        self.moderators = [doctor for doctor in self.moderators if doctor in here]
        if week < _HANDS_IN:
            return
        for doctor in here:
            if len(self.moderators) < MODERATORS and doctor not in self.moderators:
                self.moderators.append(doctor)
                yield monday, 9.0, {"do": "appoint", "who": doctor.anonymous_handle}
        for doctor in self.moderators:
            day, hour = monday + timedelta(days=self.chance.randrange(1, 7)), (doctor.hour + self.chance.gauss(0, 1.2)) % 24
            action = self.chance.choices(("keep", "hide", "remove"), (60, 20, 20))[0]
            sanction = self.chance.choices(("", "warn"), (80, 20))[0]
            reverse = self.chance.random() < 0.3
            yield day, hour, {"do": "judge", "who": doctor.anonymous_handle, "action": action, "sanction": sanction, "reverse": reverse}
