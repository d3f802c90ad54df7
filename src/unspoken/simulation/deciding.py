"""One mind's decision: its options, weighed by what it foresees and by its norms, and one chosen.

Receives a view, and what of the mind is not in the state (mood, pressure, what is under way); hands
on a ``Decision``. Puts ``foresight``, ``norms`` and ``choice`` together.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from unspoken.chronicle.events import Decision, Motive, Weighed
from unspoken.engine import GroundEvent
from unspoken.simulation.choice import Disposition, Option, choose, daring, weigh
from unspoken.simulation.foresight import Foresight
from unspoken.simulation.norms import breaches
from unspoken.simulation.view import View


class Inner(Struct, frozen=True):
    """What decides besides the state: mood (``valence``, -1 to 1), and how the mind chooses."""

    disposition: Disposition
    valence: float = 0.0


def option(foresight: Foresight, view: View, act: GroundEvent, valence: float = 0.0) -> Option:
    """An act with all that speaks for and against it, as the view's owner sees it."""
    foreseen = foresight.foresee(view, act)
    forbidden = tuple(one.norm.text for one in breaches(view, act) if one.norm.weight is None)
    temperament = view.motives.temperament(view.who)
    return Option(
        str(act),
        foreseen.pulls,
        tuple(
            one for one in foreseen.restraints if one.kind != "norm" or one.name not in forbidden
        ),
        forbidden,
        daring(temperament.daring, valence, view.anxiety(act)),
    )


def options(foresight: Foresight, view: View, valence: float = 0.0) -> tuple[Option, ...]:
    """All that a mind believes it could do now and has some reason to, by text."""
    found = (option(foresight, view, act, valence) for act in view.options())
    return tuple(one for one in found if one.pulls)


def decide(foresight: Foresight, view: View, inner: Inner) -> Decision:
    """What a mind does now, waiting included, and how it came to that."""
    return choose(options(foresight, view, inner.valence), inner.disposition)


def consent(foresight: Foresight, view: View, act: GroundEvent, inner: Inner) -> Weighed:
    """How somebody who is asked to take part in another's act weighs it, by its own motives
    (``choice.takes_part`` says what follows). One who defers to the asker makes the asker's wishes
    its own, as far as it knows them and in proportion to that."""
    weighed = option(foresight, view, act, inner.valence)
    asker = act.consenting[0]
    deference = view.deference(asker) if asker != view.who else 0.0
    if deference > 0:
        wanted = max(0.0, foresight.gain(view.of_mind(asker), act))
        if wanted > 0:
            given = Motive("wish", f"what {asker} wishes", deference * wanted)
            weighed = replace(weighed, pulls=(*weighed.pulls, given))
    return weigh(weighed, inner.disposition)
