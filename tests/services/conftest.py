"""The demo municipality, loaded once for the tests of a module that only read it."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.domain.clock import today
from app.extensions import db
from app.services import demo


@pytest.fixture(scope="module")
def loaded_once(standing: Flask) -> demo.Loaded:
    """What the loading told."""
    found = demo.load(today())
    assert found is not None
    return found


@pytest.fixture
def loaded(loaded_once: demo.Loaded) -> Iterator[demo.Loaded]:
    """The loaded municipality, read anew by each test."""
    db.session.remove()
    yield loaded_once
    db.session.remove()


@pytest.fixture
def town(standing: Flask, loaded: demo.Loaded) -> Flask:
    """The app that serves the loaded municipality."""
    return standing
