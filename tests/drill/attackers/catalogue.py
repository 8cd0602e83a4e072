"""All attackers. A new one is a module with ATTACKERS and one line here."""

from tests.drill.attackers import (
    Linker,
    TellTale,
    crowds,
    departures,
    first_posts,
    join_dates,
    languages,
    letters,
    memory,
    nobody,
    notices,
    opening,
    order,
    requests,
    sessions,
    shared_values,
    sizes,
    traces,
    views,
    words,
)

MODULES = (
    words,
    opening,
    traces,
    shared_values,
    order,
    sizes,
    crowds,
    languages,
    sessions,
    views,
    join_dates,
    first_posts,
    departures,
    requests,
    letters,
    nobody,
    notices,
    memory,
)

ATTACKERS: list[Linker | TellTale] = [attacker for module in MODULES for attacker in module.ATTACKERS]
