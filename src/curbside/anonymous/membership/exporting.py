"""Everything one wrote, as one Markdown file that people can read; the JSON file beside it is for programs."""

from collections.abc import Mapping, Sequence

from curbside.anonymous.membership.leaving import Piece


def as_markdown(pseudonym: str, rooms: Mapping[str, Sequence[Piece]]) -> str:
    """One heading for each room, one below it for each piece; a text of several lines stands by itself."""
    parts = [f"# {pseudonym}"]
    for heading, pieces in rooms.items():
        parts.append(f"## {heading}")
        for number, piece in enumerate(pieces, start=1):
            parts += [f"### {number}", _lines(piece)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _lines(piece: Piece) -> str:
    short, long = [], []
    for part, value in piece.items():
        text = _plain(value)
        if "\n" in text:
            long.append(f"**{part}**\n\n{text}")
        elif text:
            short.append(f"- {part}: {text}")
    return "\n\n".join(["\n".join(short), *long] if short else long)


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(text for text in map(_plain, value) if text)
    if isinstance(value, Mapping):
        return ", ".join(f"{part}: {text}" for part, text in ((part, _plain(inner)) for part, inner in value.items()) if text)
    return str(value)
