"""What explains what happened, in words, for people.

Receives a ``Recognition``, or several with what each supposes; hands on text. Facts and acts stay
in the world's own language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from unspoken.engine import text_of
from unspoken.planning.basis import Held
from unspoken.planning.bridge_text import bare_for, counted, listed, wrapped
from unspoken.planning.recognition import Belief, Intention, Part, Recognition

MANY = 12
"""Of acts that cannot have happened, so many are named."""


def recognition_text(supposed: Sequence[tuple[str, Recognition]]) -> str:
    """The whole of it: what each beginning explains, then the best explanation in full."""
    lines: list[str] = []
    if len(supposed) > 1:
        lines.extend(_suppositions(supposed))
    explained = [(name, one) for name, one in supposed if one.plans]
    for name, one in explained:
        if lines:
            lines.append("")
        if len(supposed) > 1:
            lines.append(f"Supposing {name}:")
        lines.extend(_explanation(one))
    if len(supposed) == 1 and not explained:
        lines.extend(_unexplained(supposed[0][1]))
    return "".join(f"{line}\n" for line in lines)


def _suppositions(supposed: Sequence[tuple[str, Recognition]]) -> Iterator[str]:
    yield f"Can {_events(supposed[0][1])} be explained?"
    for name, one in supposed:
        if one.plans:
            acts = len(one.plans[0])
            how = f"in {counted(acts, 'act')}" if acts else "from the beginning"
            yield f"  yes, {how}: supposing {name}"
        else:
            no = "no" if one.outcome == "impossible" else "not that was found"
            yield f"  {no}{_within(one)}: supposing {name}"
    yield from _only(supposed)


def _only(supposed: Sequence[tuple[str, Recognition]]) -> Iterator[str]:
    """Where of several beginnings just one explains it, and of the others that is proved."""
    able = [name for name, one in supposed if one.plans]
    if len(able) == 1 and all(one.outcome != "stopped" for _, one in supposed):
        yield f"So, of these, it must have been so: {able[0]}"


def _explanation(one: Recognition) -> Iterator[str]:
    if not len(one.plans[0]):
        yield "It is so from the beginning."
        return
    if len(one.plans) == 1:
        yield f"{'At least one' if one.cut_short else 'One'} story explains {_events(one)}:"
    else:
        least = "At least " if one.cut_short else ""
        yield f"{least}{len(one.plans)} different stories explain {_events(one)}; the shortest:"
    for number, act in enumerate(one.plans[0].acts, start=1):
        yield f"  {number:>2}. {act}"
    if one.must and len(one.plans) == 1 and set(one.plans[0].acts) <= {*one.must, *one.seen}:
        yield f"Each of these acts must have happened{_within(one)}."
    elif one.must:
        yield from wrapped(f"These must have happened, too{_within(one)}: ", list(one.must))
    for often in sorted({count for _, count in one.may}, reverse=True):
        acts = [act for act, count in one.may if count == often]
        said = f"These may have happened, too (in {often} of {len(one.plans)}): "
        if often == len(one.plans):  # not proved, or they would be in ``must``
            said = "These are in every story that was found, though perhaps not in every one: "
        yield from wrapped(said, acts)
    if one.cannot:
        named = list(one.cannot[:MANY])
        if len(one.cannot) > MANY:
            named.append(f"and {len(one.cannot) - MANY} more")
        yield from wrapped(f"None of these can have happened as well{_within(one)}: ", named)
    for part in one.parts:
        yield from _part(part, len(one.plans))


def _part(part: Part, stories: int) -> Iterator[str]:
    yield f"{part.character}, in {part.act}{_in(part.stories, stories)}:"
    stories = part.stories
    for intention in part.intentions:
        yield from wrapped(
            f"  meant to bring about{_in(intention.stories, stories)} ",
            [_intention(part, intention)],
        )
    right = [belief for belief in part.beliefs if not belief.is_mistaken]
    wrong = [
        belief for belief in part.beliefs if belief.is_mistaken and belief.held.value is not None
    ]
    blank = [belief for belief in part.beliefs if belief.is_mistaken and belief.held.value is None]
    if wrong:
        told = [_wrong(part, belief, stories) for belief in wrong]
        yield from wrapped("  believed, and was wrong: ", told)
    if blank:
        told = [_unknown(part, belief, stories) for belief in blank]
        yield from wrapped("  did not know: ", told)
    if right:
        told = [
            f"{bare_for(part.character, belief.held)}{_in(belief.stories, stories)}"
            for belief in right
        ]
        yield from wrapped("  believed: ", told)


def _intention(part: Part, intention: Intention) -> str:
    goals = " & ".join(bare_for(part.character, held) for held in intention.gained)
    after = f", by way of {listed(intention.then)}" if intention.then else ""
    return f"{goals or 'something better'}{after}"


def _wrong(part: Part, belief: Belief, stories: int) -> str:
    held = belief.held
    was = Held(held.minds[1:], held.fluent, belief.truth)
    truth = str(was) if held.minds[1:] or isinstance(belief.truth, bool) else text_of(belief.truth)
    return f"{bare_for(part.character, held)} (really {truth}){_in(belief.stories, stories)}"


def _unknown(part: Part, belief: Belief, stories: int) -> str:
    """What was not known, or taken for not known to somebody."""
    held = belief.held
    if held.minds[1:]:
        return _wrong(part, belief, stories)
    return f"{held.fluent} (really {text_of(belief.truth)}){_in(belief.stories, stories)}"


def _in(count: int, stories: int) -> str:
    return "" if count == stories else f" (in {count} of {stories})"


def _unexplained(one: Recognition) -> Iterator[str]:
    sure = "Nothing explains" if one.outcome == "impossible" else "Nothing was found that explains"
    untried = "; not all was tried" if one.outcome == "stopped" else ""
    yield f"{sure} {_events(one)}{_within(one)}{untried}."
    if len(one.happened) == 1:
        if one.unexplained:
            scene = one.happened[0].text
            yield f'What stands in the way: `unspoken bridge WORLD --scene "{scene}"`.'
    elif one.unexplained:
        yield from wrapped("Not even by itself: ", list(one.unexplained))
    elif one.outcome == "impossible":
        yield "Each can be explained by itself, but not all of it together."


def _events(one: Recognition) -> str:
    return listed([item.text for item in one.happened])


def _within(one: Recognition) -> str:
    return "" if one.limits.author is None else f" (within {one.limits.author} acts)"
