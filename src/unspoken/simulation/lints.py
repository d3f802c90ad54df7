"""What is well-formed about inner lives and comes to nothing as the world begins: warnings for
``check``, as in ``language/lints.py``, that can be seen only from what minds hold.

Receives a world in which nothing is wrong; hands on diagnostics.
"""

from __future__ import annotations

from collections.abc import Iterator

from unspoken.engine import EngineError, call_text, load, term_text
from unspoken.language.diagnostics import Diagnostic, problem
from unspoken.language.printer import expression_text
from unspoken.model import Storyworld
from unspoken.model.substitute import fillings, substitute
from unspoken.simulation.motives import GroundNorm, Motives
from unspoken.simulation.norms import ANYONE


def lint(world: Storyworld) -> list[Diagnostic]:
    """Warnings, in the order in which the norms stand."""
    if not any(norm.shows is not None for norm in world.inner.norms):
        return []
    try:
        motives = Motives(load(world))
    except EngineError:  # a world too large to be looked at: said where it is run
        return []
    return list(_known_already(world, motives))


def _known_already(world: Storyworld, motives: Motives) -> Iterator[Diagnostic]:
    """Norms that hide something from somebody who knows it, as their holder sees it: nobody comes
    to believe it then, so nothing breaks them. Of each as it is declared, the first."""
    ground = {one.text: one for who in motives.characters for one in motives.norms(who)}
    for declared in world.inner.norms:
        for filling in fillings(world, declared.parameters):
            norm = ground[call_text(declared.name, tuple(map(term_text, filling.arguments)))]
            knowing = () if norm.acts else _all_knowing(motives, norm)
            if knowing and declared.shows is not None:
                yield problem(
                    "hidden-from-nobody",
                    declared.origin,
                    name=norm.text,
                    who=norm.holder,
                    others="everybody" if norm.before in (None, ANYONE) else norm.before,
                    one=knowing[0],
                    shown=expression_text(substitute(declared.shows, filling.terms)),
                )
                break


def _all_knowing(motives: Motives, norm: GroundNorm) -> tuple[str, ...]:
    """All those from whom a norm hides something, if all of them know."""
    view = motives.ground.initial.mind(norm.holder)
    if norm.shows is None or not norm.applies(view):
        return ()
    anyone = norm.before in (None, ANYONE)
    others = tuple(
        who for who in motives.characters if who != norm.holder and (anyone or who == norm.before)
    )
    known = all(norm.shown(who, view.mind(who)) >= 1.0 for who in others)
    return others if known else ()
