"""A bridge in words, for people: its candidates, each act with why everybody does it; or where it
breaks off.

Receives a ``Bridge``; hands on text. Facts and acts stay in the world's own language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from unspoken.planning.basis import Basis, Held, Motive
from unspoken.planning.bridge import Bridge, Candidate
from unspoken.planning.explain import tree
from unspoken.planning.impasse import Impasse
from unspoken.planning.why_not import words

WIDTH = 96


def bridge_text(bridge: Bridge, *, brief: bool = False, explain: bool = False) -> str:
    """The whole of it; ``brief``: of each candidate only the acts that not every story has; with
    ``explain``, the reasons of every candidate as a tree."""
    if bridge.impasse is not None:
        return impasse_text(bridge, bridge.impasse)
    if not bridge.candidates:
        return f"No story was found{_within(bridge)}; not all was tried.\n"
    lines = list(_overview(bridge))
    if brief:
        for number, candidate in enumerate(bridge.candidates, start=1):
            lines.append(_heading(number, candidate))
            own = [act for act in candidate.plan.acts if act not in bridge.always]
            lines.extend(wrapped("   · ", own) if own else [])
        return "".join(f"{line}\n" for line in lines)
    known: dict[str, list[str]] = {}
    for number, candidate in enumerate(bridge.candidates, start=1):
        lines.append("")
        lines.extend(_candidate(bridge, number, candidate, known))
        if explain:
            lines.append("")
            lines.extend(f"   {line}" for line in tree(candidate.plan).splitlines())
    return "".join(f"{line}\n" for line in lines)


def _within(bridge: Bridge) -> str:
    return "" if bridge.limits.author is None else f" within {bridge.limits.author} acts"


def _overview(bridge: Bridge) -> Iterator[str]:
    titles = [f"“{scene.title}”" for scene in bridge.script.scenes]
    way = f"From {titles[0]} to {titles[-1]}" if len(titles) > 1 else f"To {titles[0]}"
    shown = len(bridge.candidates)
    ways = counted(shown, "way")
    of = "" if bridge.stories == shown else f", of {bridge.stories} found"
    more = "" if bridge.whole else " before the search was cut short"
    yield from wrapped("", [f"{way}{_within(bridge)}: {ways}{of}{more}"])
    if bridge.always:
        yield from wrapped("In every one that there can be: ", list(bridge.always))


def _heading(number: int, candidate: Candidate) -> str:
    acts = len(candidate.plan) - candidate.lead_in
    parts = [counted(acts, "act")]
    if candidate.lead_in:
        parts.append(f"after {candidate.lead_in} to get there")
    if candidate.actors:
        parts.append(f"with {listed(candidate.actors)}")
    if candidate.absent:
        parts.append(f"without {listed(candidate.absent)}")
    if candidate.news:
        parts.append(f"{counted(len(candidate.news), 'thing')} new to the reader")
    return f"{number}. {', '.join(parts)}"


def _candidate(
    bridge: Bridge, number: int, candidate: Candidate, known: dict[str, list[str]]
) -> Iterator[str]:
    """``known``: the acts of the first candidate, as they were told there; they are not told again
    where several follow each other."""
    yield _heading(number, candidate)
    width = max((len(act) for act in candidate.plan.acts), default=0)
    again: list[str] = []
    for place, basis in enumerate((*candidate.bases, None)):
        titles = [
            f"   “{scene.title}”"
            for met, scene in zip(candidate.met, bridge.script.scenes, strict=True)
            if met == place
        ]
        told = [] if basis is None else list(_act(bridge, basis, width))
        repeated = basis is not None and number > 1 and known.get(basis.act) == _bare(told)
        if not repeated or titles or basis is None:
            yield from _as_before(again, width)
            again = []
        yield from titles
        if repeated and basis is not None:
            again.append(basis.act)
        else:
            yield from told
        if basis is not None and number == 1:
            known[basis.act] = _bare(told)
    if number > 1 and candidate.news == bridge.candidates[0].news:
        if candidate.news:
            yield "   To the reader as much is new as in 1."
        return
    if candidate.news.names:
        yield from wrapped("   New to the reader: ", list(candidate.news.names))
    if candidate.news.facts:
        yield from wrapped(
            "   The reader must have been told: ", list(map(str, candidate.news.facts))
        )


FEW = 2
"""So many acts are told again; more are not."""


def _as_before(acts: list[str], width: int) -> Iterator[str]:
    if len(acts) > FEW:
        yield f"     {acts[0]}"
        yield f"     ... {len(acts) - 2} more as in 1"
        yield f"     {acts[-1]}"
    else:
        for act in acts:
            yield f"     {act:<{width}}  (as in 1)"


def _bare(told: list[str]) -> list[str]:
    """The lines about an act, however they are laid out."""
    return " ".join(told).split()


def _act(bridge: Bridge, basis: Basis, width: int) -> Iterator[str]:
    mark = " " if basis.act in bridge.always else "·"
    head = f"   {mark} {basis.act:<{width}}  "
    if not basis.motives:
        yield f"{head}(it happens)"
        return
    for motive in basis.motives:
        yield from wrapped(head, [motive_text(motive)], hang=len(head))
        head = " " * len(head)


def motive_text(motive: Motive) -> str:
    """``Willow, for sorry(Willow, Tara), by knock(Willow) and open_door(Tara)``"""
    goals = [bare_for(motive.character, held) for held in motive.gained]
    text = f"{motive.character}, for {' & '.join(goals)}" if goals else motive.character
    return f"{text}; then {', '.join(motive.then)}" if motive.then else text


def bare_for(character: str, held: Held) -> str:
    """A fact as somebody would say it: that one believes it goes without saying."""
    inner = held.minds[1:] if held.minds[:1] == (character,) else held.minds
    return str(Held(inner, held.fluent, held.value))


# No way


def impasse_text(bridge: Bridge, impasse: Impasse) -> str:
    """Which scene cannot be reached, which fact of it, and what stands in the way."""
    said: list[str] = []
    sure = "No story leads" if impasse.proved else "No story was found that leads"
    said.append(f"{sure} to “{impasse.title}”{_within(bridge)}.")
    what = impasse.item.text
    if impasse.item.pattern is not None:
        said.append(f"The first thing in it that does not come about: {what} happens.")
    elif impasse.beside:
        beside = " & ".join(impasse.beside)
        said.append(f"In it, {what} comes about, but never together with {beside}.")
    else:
        said.append(f"The first fact in it that does not come about: {what}")
    for one in impasse.kept:
        without = f"without that it comes about, in {counted(len(one.plan), 'act')}"
        until = f"; {one.act} contradicts it" if one.act is not None else ""
        said.append(f"What stands in the way: {one.fact} is to be kept; {without}{until}.")
    for act in impasse.never:
        said.append(f"What stands in the way: {act} must not happen; with it, it comes about.")
    if impasse.longer is not None:
        said.append(f"With more acts it comes about: in {impasse.longer}.")
    if impasse.fixed:
        said.append("Nothing in this world, neither act nor law, ever changes what it is about.")
    if impasse.kept or impasse.never or impasse.longer is not None or impasse.fixed:
        return _sentences(said)
    if impasse.so_far.acts:
        said.append(f"As far as one gets: {', '.join(impasse.so_far.acts)}")
    if not impasse.ways:
        where = "After that" if impasse.so_far.acts else "At the beginning"
        line = f"{where}, no act that can ever happen here would bring it about"
        if impasse.speaking:
            line += f"; {listed(impasse.speaking)} can do such things, but not this"
        said.append(f"{line}.")
        return _sentences(said)
    trees = "".join(words(way) for way in impasse.ways)
    return _sentences(said) + "What would bring it about, and why that does not happen:\n" + trees


def _sentences(said: Sequence[str]) -> str:
    return "".join(f"{line}\n" for one in said for line in wrapped("", [one]))


# Small words


def counted(number: int, thing: str) -> str:
    """``1 act``, ``2 acts``."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def listed(names: Sequence[str]) -> str:
    """``Willow, Tara and Buffy``."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def wrapped(head: str, parts: list[str], hang: int = 5) -> Iterator[str]:
    """Parts behind a head, with commas, in lines of at most ``WIDTH``."""
    listed = [f"{part}," for part in parts[:-1]] + parts[-1:]
    words = [
        word
        for part in listed
        for word in ([part] if len(listed) > 1 and len(part) < WIDTH - hang else _pieces(part))
    ]
    line, fresh = head, True
    for word in words:
        if not fresh and len(line) + 1 + len(word) > WIDTH:
            yield line.rstrip()
            line, fresh = " " * hang, True
        line += word if fresh else f" {word}"
        fresh = False
    yield line.rstrip()


def _pieces(text: str) -> list[str]:
    """Where a text may be broken: at spaces outside brackets."""
    pieces, depth, piece = [], 0, ""
    for character in text:
        depth += (character == "(") - (character == ")")
        if character == " " and depth == 0:
            pieces.append(piece)
            piece = ""
        else:
            piece += character
    return [*pieces, piece]
