"""Which table lives in which database: the ring's keys in ``ring``, everything else in ``default``."""

from django.db.models import Model


class RingRouter:
    """Sends RingKey, and nothing else, to the ring."""

    def db_for_read(self, model: type[Model] | Model, **_hints: object) -> str:
        """The model's one database."""
        return _home(model._meta.app_label, model._meta.model_name)  # noqa: SLF001 - Django's documented name

    def db_for_write(self, model: type[Model] | Model, **_hints: object) -> str:
        """The same as for reading."""
        return self.db_for_read(model)

    def allow_relation(self, first: Model, second: Model, **_hints: object) -> bool:
        """No relation crosses from one database into the other."""
        # Not by type(): a request's user is a lazy object around the member.
        return self.db_for_read(first) == self.db_for_read(second)

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool | None:
        """Each table is made in its own database only."""
        model = hints.get("model_name")
        return None if model is None else db == _home(app_label, str(model))


def _home(app_label: str, model: str | None) -> str:
    return "ring" if (app_label, model) == ("sealing", "ringkey") else "default"
