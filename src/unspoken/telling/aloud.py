"""What an author's frames have somebody say aloud: one and the same, whoever tells it.

Receives an act and the frames for it; says which of their texts may be told. Of several sayings one
is drawn by the act alone, from those that anybody could have heard; a text without any tells the
act in its narrator's words, and contradicts none.
"""

from __future__ import annotations

from unspoken.model import Frame
from unspoken.telling.choosing import Choices
from unspoken.telling.coloured import is_coloured, said_aloud
from unspoken.telling.draws import choose
from unspoken.telling.holds import by_arguments
from unspoken.telling.setting import Setting
from unspoken.telling.view import Item


def owner_of(act: Item, setting: Setting) -> str | None:
    """Who does an act, or whom it betrays."""
    betrayed = setting.betrays(act.name, act.arguments)
    return act.who if betrayed is None else betrayed[0]


def is_open(frame: Frame, text: str, owner: str | None) -> bool:
    """Whether a text says no more than somebody who looks on can see, or its author says what they
    must hold."""
    declared = frame.needs or frame.who == "witness" or owner is None
    return bool(declared or not is_coloured(text)) and frame.who != "agent"


def is_said(text: str, act: Item, choices: Choices) -> bool:
    """Whether what a text has somebody say is what was said in this act, or nobody speaks."""
    said = said_aloud(text)
    if not said:
        return True
    heard: dict[tuple[str, ...], bool] = {}
    owner = owner_of(act, choices.setting)
    for _, frame, bindings in choices.setting.frames(act.name, act.arguments):
        needs = [by_arguments(need, choices.setting, bindings) for need in frame.needs]
        for one in () if False in needs else map(str, frame.texts):
            if said_aloud(one):
                by_anybody = None not in needs and is_open(frame, one, owner)
                heard[said_aloud(one)] = heard.get(said_aloud(one), False) or by_anybody
    options = [saying for saying in heard if heard[saying]] or list(heard)
    arguments = map(str, act.arguments)
    return said == choose(options, "aloud", choices.options.seed, act.name, *arguments)
