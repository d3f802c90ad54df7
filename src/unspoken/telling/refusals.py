"""How it is told that an act comes to nothing: somebody who was asked does not take part, or it
cannot be done."""

from __future__ import annotations

from unspoken.telling.choosing import Choice, Choices
from unspoken.telling.plan import Piece, SentencePlan, Unit
from unspoken.telling.template import parse
from unspoken.telling.view import Item
from unspoken.telling.wording import infinitive

_REFUSALS = (
    "{asker} [begin] to %s, and {x} [draw] back",
    "{asker} [make] to %s; {x} [shake] {x's} head",
    "{x} [will not] have it when {asker} [begin] to %s",
)
_FAILURES = ("{x} [try] to %s, and [fail]", "{x} [go] to %s, in vain")
_WITHOUT_ASKER = ("{x} [shake] {x's} head", "{x} [want] no part in it")


def refusal(unit: Unit, item: Item, choices: Choices) -> SentencePlan:
    """The same from whoever's eyes: what could be seen of it."""
    asker = choices.setting.agent(item.name, item.arguments)
    binding = {"x": item.who or "", "asker": asker or ""}
    options: list[Choice]
    if asker is None or asker == item.who:
        options = [(f"no {i}", (text, binding)) for i, text in enumerate(_WITHOUT_ASKER)]
    else:
        act = infinitive(item.name, item.arguments, asker, choices.setting)
        binding = {**act.binding, **binding}
        options = [(f"refusal {i}", (text % act.text, binding)) for i, text in enumerate(_REFUSALS)]
    frame, (text, _) = choices.least_used(options, "refusal", unit.mind, item.id)
    piece = Piece("narration", parse(text)[0], binding)
    return SentencePlan("NV", frame, (piece,), unit.mind, (item.id,))


def failure(unit: Unit, item: Item, choices: Choices) -> SentencePlan:
    """What others see of it."""
    who = item.who or ""
    act = infinitive(item.name, item.arguments, who, choices.setting)
    binding = {**act.binding, "x": who}
    options = [(f"failure {i}", (text % act.text, binding)) for i, text in enumerate(_FAILURES)]
    frame, (text, _) = choices.least_used(options, "failure", unit.mind, item.id)
    piece = Piece("narration", parse(text)[0], binding)
    return SentencePlan("NV", frame, (piece,), unit.mind, (item.id,))
