"""What one reader sees of a poll: the question to answer, or the answers with their denominators, intervals and splits. No query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from curbside.anonymous.polls.documents import PollText
from curbside.anonymous.polls.models import Poll
from curbside.anonymous.polls.tallies import Cells, Tally, wilson
from curbside.kit.countries import country_label
from curbside.kit.specialties import specialty_label


@dataclass(frozen=True, slots=True)
class Bar:
    """An option with how often it was chosen, in whole percent."""

    option: str
    times: int
    percent: int
    low: int
    high: int

    @property
    def spread(self) -> int:
        """The length of the interval, for the plot."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Group:
    """Voters who show a badge, as of their last whole five."""

    label: str
    answered: int
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Split:
    """The groups of one kind of badge that may be shown."""

    label: str
    groups: Sequence[Group]


@dataclass(frozen=True, slots=True)
class Results:
    """The answers so far."""

    answered: int
    seen: int
    bars: Sequence[Bar]
    splits: Sequence[Split]


@dataclass(frozen=True, slots=True, repr=False)
class PollView:
    """A poll as one reader sees it; ``results`` is None where it is to be answered first."""

    poll: Poll
    question: str
    options: Sequence[str]
    wording: str
    to_answer: bool
    """Whether the reader could still answer it."""
    results: Results | None


def view_poll(poll: Poll, text: PollText, *, voted: bool, held_back: bool = False) -> PollView:
    """The poll for a reader who has voted or not; ``held_back`` where its page keeps all answers back for now."""
    to_answer = not voted and not poll.is_closed
    results = None if to_answer or held_back else results_of(poll, text)
    return PollView(poll, text.question, text.options, text.wording(), to_answer, results)


def results_of(poll: Poll, text: PollText) -> Results:
    """The answers, as far as they may be shown."""
    tally = Tally.of(poll, text)
    labels = (("specialty", _("By specialty"), specialty_label), ("country", _("By country"), country_label))
    splits = [
        Split(label, [Group(label_of(group), cells.answered, _bars(text, cells)) for group, cells in tally.split(dimension).items()])
        for dimension, label, label_of in labels
    ]
    answered = tally.everyone.answered
    # Whoever voted has opened it; the counter lags a minute behind and loses its last minute at a restart.
    return Results(answered, max(poll.opened_count, answered), _bars(text, tally.everyone), [split for split in splits if split.groups])


def _bars(text: PollText, cells: Cells) -> list[Bar]:
    bars = []
    for option, times in zip(text.options, cells.chosen, strict=True):
        low, high = wilson(times, cells.answered)
        share = times / cells.answered if cells.answered else 0.0
        bars.append(Bar(option, times, round(100 * share), round(100 * low), round(100 * high)))
    return bars


def groups_in_words(groups: Mapping[str, str]) -> list[str]:
    """The groups of a voter as the page names them."""
    labels = {"specialty": specialty_label, "country": country_label}
    return [label_of(groups[dimension]) for dimension, label_of in labels.items() if dimension in groups]
