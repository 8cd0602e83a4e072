"""The model's calendar says of a member's term what the site says: whoever writes after it would be refused, and the year would end."""

from datetime import timedelta
from pathlib import Path

from tests.drill.people import EVERYONE
from tests.drill.world import TERM, Membership, Plan, World


def joined(folder: Path, plan: Plan) -> list[Membership]:
    """Everyone whom an edition of a week holds, with a proof of their own or as most do."""
    world = World(folder, plan)
    for number, doctor in enumerate(world.doctors):
        doctor.joins, doctor.waits, doctor.badge_taste = True, 0, "none"
        doctor.secrets[0].commitment, doctor.secrets[0].nullifier = str(number + 1), str(number + 1)
    world._rolls = {EVERYONE: {doctor.secrets[0].commitment for doctor in world.doctors}}
    monday = world.start + timedelta(weeks=4)
    real = world._plan_joins(4, monday)
    assert len(real) == plan.real_proofs
    assert {member.joined for member in real} == {monday}
    return world.members


def test_a_term_begins_on_the_day_of_joining_also_for_those_who_join_through_the_whole_door(tmp_path: Path) -> None:
    members = joined(tmp_path, Plan(doctors=40, weeks=8, real_proofs=6, seed="3"))
    assert len(members) == 40
    assert {member.term_ends - member.joined for member in members} == {timedelta(days=TERM)}
    assert {member.next_write - member.joined - timedelta(days=member.doctor.first_writes) for member in members} == {timedelta(0)}
