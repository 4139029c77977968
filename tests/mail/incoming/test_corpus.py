"""Five hundred messages of every kind are read; none brings the reading down (trust plan, T17)."""

import time
from collections import Counter

import pytest

from app.mail.incoming import Nature, read
from tests.mail.incoming.corpus import BOX, MANY, OWN_DOMAIN, Sample, corpus

SAMPLES = corpus()
SECONDS = 10  # for the slowest; on a machine of its own each takes under one


def test_there_are_five_hundred_of_all_kinds() -> None:
    assert len(SAMPLES) == MANY
    natures = Counter(one.nature for one in SAMPLES)
    assert all(natures[nature] >= 40 for nature in Nature)
    assert sum(one.again for one in SAMPLES) >= 20


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: one.name)
def test_a_message_is_read_for_what_it_is(sample: Sample) -> None:
    raw = sample.raw
    start = time.perf_counter()
    message = read(raw, own_domain=OWN_DOMAIN, recipient=BOX)
    assert time.perf_counter() - start < SECONDS
    assert (message.nature, message.damaged) == (sample.nature, sample.damaged)
    assert sample.text in " ".join(message.text.split())
    assert message.size == len(raw)
    assert message.recipients[0] == BOX


def test_the_same_corpus_is_made_each_time() -> None:
    assert [one.raw for one in corpus()[:400]] == [one.raw for one in SAMPLES[:400]]
