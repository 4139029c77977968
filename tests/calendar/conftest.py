"""The independent readers, each of which a test asks; where one is missing, CI fails and others skip."""

import os

import pytest

from tests.calendar.readers import READERS
from tests.calendar.readers.seen import Reader


def missing(reason: str) -> None:
    """End a test for which this machine lacks something: a failure in CI, elsewhere left out."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(params=READERS, ids=lambda reader: reader.name)
def reader(request: pytest.FixtureRequest) -> Reader:
    """Each of the readers in turn."""
    if reason := request.param.missing():
        missing(reason)
    return request.param
