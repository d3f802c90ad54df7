"""Ten thousand trials of non-interference (``interference.py`` says what one is)."""

from __future__ import annotations

import pytest

from tests.telling.interference import altered, bases, bytes_of, trial
from tests.telling.ways import run
from unspoken.telling import Options, tell

TRIALS, PARTS = 10_000, 20


@pytest.mark.parametrize("part", range(PARTS))
def test_ten_thousand_trials(part: int) -> None:
    each = TRIALS // PARTS
    assert [bad for n in range(part * each, (part + 1) * each) if (bad := trial(n))] == []


def test_a_trial_changes_what_others_tell() -> None:
    """It is no trial where nothing is changed: told from above, hardly any story stays the same."""
    from random import Random

    kept = 0
    for number, (world, chronicle) in enumerate(bases()):
        mind = chronicle.characters[0]
        options = Options(view="omniscient")
        after = tell(altered(chronicle, mind, Random(number)), world, options)
        kept += bytes_of(after) == bytes_of(tell(chronicle, world, options))
    assert kept == 0


def test_a_trial_can_fail() -> None:
    """What one mind has is in its telling: taken for another's, it is changed, and shows."""
    from random import Random

    world, chronicle = run("night_visit")
    options = Options("limited", "Tara")
    after = tell(altered(chronicle, "Willow", Random(1)), world, options)
    assert bytes_of(after) != bytes_of(tell(chronicle, world, options))
