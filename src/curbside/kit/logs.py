"""Logs name events, never people: no address, no agent, no path, and no exception's message, which can quote a row."""

import logging
import traceback

SAFE_LOGGER = "curbside"


class EventFormatter(logging.Formatter):
    """Time, level and event; of an exception its type and where in the code it arose, never its words."""

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's own name
        """Name the exception's type and the last frames, without source lines or values."""
        if not isinstance(ei, tuple) or ei[0] is None:
            return ""
        frames = traceback.extract_tb(ei[2])[-6:]
        where = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
        return f"{ei[0].__name__} at {where}"


class DropRequestDetail(logging.Filter):
    """Django's own request messages quote the path; keep only that one failed, and how."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place."""
        status = getattr(record, "status_code", None)
        if record.name.startswith("django"):
            record.msg, record.args = f"{record.name} {status or ''}".strip(), ()
        return True


def logging_settings() -> dict[str, object]:
    """Django's LOGGING: one stream, warnings of Django, events of Curbside."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"no_detail": {"()": "curbside.kit.logs.DropRequestDetail"}},
        "formatters": {
            "event": {"()": "curbside.kit.logs.EventFormatter", "format": "%(asctime)s %(levelname)s %(message)s", "datefmt": "%Y-%m-%d"}
        },
        "handlers": {"stream": {"class": "logging.StreamHandler", "formatter": "event", "filters": ["no_detail"]}},
        "loggers": {
            "django": {"handlers": ["stream"], "level": "ERROR", "propagate": False},
            "curbside": {"handlers": ["stream"], "level": "INFO", "propagate": False},
        },
        "root": {"handlers": ["stream"], "level": "ERROR"},
    }
