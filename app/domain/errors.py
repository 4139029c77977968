"""What the rules answer when something cannot be done: sentences that a person reads."""

from collections.abc import Mapping


class DomainError(Exception):
    """A refusal with its sentence: an English source message and the values that go into it.

    The pages translate `message` and fill in `values` by name (`%(minutes)d`).
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message % values if values else message)
        self.message = message
        self.values: Mapping[str, object] = values


class NotFound(DomainError):
    """There is no such thing for this person (told alike whether it is absent or somebody else's)."""

    def __init__(self, message: str = "There is no such page.", **values: object) -> None:
        super().__init__(message, **values)


class Refused(DomainError):
    """The act is not possible in the state that things are in."""


class Forbidden(DomainError):
    """The person's roles do not allow the act."""


class SignedOut(Forbidden):
    """The sign-in ended, perhaps while the person was writing."""


class Invalid(DomainError):
    """What was typed in one field cannot be taken; `field` names it."""

    def __init__(self, field: str, message: str, **values: object) -> None:
        super().__init__(message, **values)
        self.field = field


class Stale(Refused):
    """Somebody else changed the same thing after the person's page was made."""


class TooMany(Refused):
    """The same visitor asks for the same thing too often."""
