"""A handful of conditions, loaded as the real ones are."""

import pytest

from curbside.anonymous.conditions.actions import load_conditions
from curbside.anonymous.conditions.sources import SourceCondition, SourceTerm
from curbside.anonymous.membership.models import Member
from tests.anonymous.cases.cast import make_member

CONDITIONS = (
    SourceCondition(
        "I21",
        "Acute myocardial infarction",
        (
            SourceTerm("en", "heart attack", same=True),
            SourceTerm("en", "myocardial infarction", same=True),
            SourceTerm("es", "infarto de miocardio", same=True),
            SourceTerm("en", "Coronary (artery) embolism", same=False),
        ),
    ),
    SourceCondition("I21.9", "Acute myocardial infarction, unspecified", ()),
    SourceCondition("I25.2", "Old myocardial infarction", ()),
    SourceCondition("J15.4", "Pneumonia due to other streptococci", ()),
    SourceCondition("J18.9", "Pneumonia, unspecified organism", (SourceTerm("es", "neumonía", same=True),)),
    SourceCondition("S72", "Fracture of femur", ()),
)


@pytest.fixture
def conditions(db: None) -> None:
    load_conditions(conditions=CONDITIONS)


@pytest.fixture
def member(db: None) -> Member:
    return make_member("quiet-heron-41")
