"""The facts told beside a case's story, as a page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from curbside.anonymous.cases.choices import Age, Asks, Sex, Urgency, label_of
from curbside.anonymous.cases.documents import Facts, Named


@dataclass(frozen=True, slots=True)
class ShownFacts:
    """What is told beside the story, in the reader's words; each empty where it is not told."""

    patient: str
    conditions: Sequence[Named]
    medicines: Sequence[str]
    tests: Sequence[str]
    urgency: str
    asks: str
    interests: str | None
    """Empty where the author says that there are none; None where nobody asked."""


def shown_facts(facts: Facts) -> ShownFacts:
    """In the reader's language. No query."""
    patient = ", ".join(label for label in (label_of(Sex, facts.sex), label_of(Age, facts.age)) if label)
    return ShownFacts(
        patient=patient,
        conditions=facts.conditions,
        medicines=facts.medicines,
        tests=facts.tests,
        urgency=label_of(Urgency, facts.urgency),
        asks=label_of(Asks, facts.asks),
        interests=facts.interests,
    )
