"""Tests that are well-formed and most likely not meant: warnings as in ``lints``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from unspoken.language.diagnostics import Diagnostic, problem
from unspoken.language.facts import truth
from unspoken.language.inner_lints import Changes
from unspoken.model import EventUse, StoryTest, Storyworld


def lint_tests(world: Storyworld, tests: Sequence[StoryTest]) -> Iterator[Diagnostic]:
    """Tests that assert nothing, or what comes out the same whatever happens."""
    changes = Changes(world)
    for test in tests:
        if not (test.claims or test.sayings or test.blessed):
            yield problem("test-of-nothing", test.origin, title=test.title)
        for claim in test.claims:
            for item in claim.items:
                if isinstance(item, EventUse):
                    continue
                always = truth(item)
                if always is None and changes.may_change(item):
                    continue
                is_denied = claim.kind in ("never", "impossible")
                how = None
                if always is not None:
                    how = "cannot fail" if always != is_denied else "cannot hold"
                place = claim.origin if len(claim.items) == 1 else item.origin
                yield problem("claim-never-changes", place, key=claim.kind, how=how)
