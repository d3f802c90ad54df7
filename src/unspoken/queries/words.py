"""What questions are made of, in words: that a fact holds, that somebody did something, to do it.

Receives facts and events by names; hands on clauses in the past, in which nobody says *I*. As in
``telling.plainly``, an author's frames are left alone: a question must not repeat the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from unspoken.chronicle.events import Event, Fact, Value
from unspoken.model import Storyworld
from unspoken.telling import lexicon
from unspoken.telling.conditions import Conditions
from unspoken.telling.morph import is_verb, participle, past
from unspoken.telling.plan import Options, ParagraphPlan, Piece, SentencePlan
from unspoken.telling.realise import realise
from unspoken.telling.setting import Setting, split_name
from unspoken.telling.template import parse
from unspoken.telling.unsaid import wished
from unspoken.telling.view import View
from unspoken.telling.wording import Wording, act_wording, belief_wording

Call = tuple[str, tuple[Value, ...]]
"""An act by its name and arguments."""

_DONE = {form(verb) for form in (past, participle) for verb in lexicon.ACTS if is_verb(verb)}
"""What somebody has done is called by."""
_THAT = "that "
_WILL = "will"


class Words:
    """``mind``: who says it, as *I* (None: nobody)."""

    def __init__(self, storyworld: Storyworld, mind: str | None = None) -> None:
        self._mind = mind
        self.setting = Setting(storyworld)
        self._conditions = Conditions(self.setting)

    def fact(self, fact: Fact, value: Value) -> str | None:
        """``Tara loved Willow``; None for what reads badly or has no words."""
        wording = belief_wording(fact, value, self.setting)
        if wording is None and len(fact.arguments) == 1:
            sort = self.setting.sort(str(fact.arguments[0]))
            spell = self._of_somebody if sort == "character" else self._conditions.fact
            wording = spell(fact, value)
        return None if wording is None else self.clause(wording)

    def _of_somebody(self, fact: Fact, value: Value) -> Wording | None:
        """That somebody has done something, or has had it done to them."""
        is_done = fact.property.lower() in _DONE and isinstance(value, bool)
        return self._conditions.fact(fact, value) if is_done else None

    def act(self, event: Event) -> str | None:
        """``Tara opened the door``; None where it is nobody's doing, nor shows somebody's heart,
        and where it would not read well."""
        name, arguments = event.name, event.arguments
        speech = self.setting.speech(name, arguments)
        who = event.who
        if who is None and (speech is not None or self.setting.betrays(name, arguments)):
            who = next((one for one in arguments if isinstance(one, str)), None)
        if who is None or self.setting.sort(who) != "character":
            return None
        if not self._is_clear((name, arguments), who):
            return None
        if speech is None:
            agents = tuple(dict.fromkeys((who, *event.participants)))
            return self.clause(act_wording(name, arguments, agents, self.setting))
        act = wished(name, arguments, who, self.setting).act
        verb, _, rest = act.text.partition(" ")
        verb = verb if verb.startswith("[") else f"[{verb}]"
        return self.clause(Wording(f"{{doer}} {verb} {rest}".strip(), {**act.binding, "doer": who}))

    def would(self, call: Call, who: str) -> str | None:
        """``Tara would open the door``; None where it would not read well."""
        if not self._is_clear(call, who):
            return None
        act = wished(*call, who, self.setting).act
        return self.clause(Wording(f"{{doer}} [{_WILL}] {act.text}", {**act.binding, "doer": who}))

    def to_do(self, call: Call, who: str) -> str | None:
        """``open the door``, of what somebody would do."""
        said = self.would(call, who)
        return None if said is None else said.partition(" would ")[2]

    def _is_clear(self, call: Call, who: str) -> bool:
        """Whether an act is well said without its author's frames: by the gist of a speech, by a
        verb that the lexicon knows with its objects, or because nobody else is in it."""
        name, arguments = call
        speech = self.setting.speech(name, arguments)
        if speech is not None and speech[0].gist is not None:
            return True
        words = [word.lower() for word in split_name(name)]
        for length in range(len(words), 0, -1):
            known = " ".join(words[:length]) in lexicon.ACTS
            if known and set(words[length:]) <= lexicon.PREPOSITIONS:
                return True
        others = {str(one) for one in arguments} - {who}
        return not any(self.setting.sort(one) == "character" for one in others)

    def names(self, people: Sequence[str], own: str = "I") -> str:
        """``Willow and Tara``; ``own``: what whoever says it is called."""
        named = [own if one == self._mind else self.setting.name(one) for one in people]
        named.sort(key=lambda one: one == own)
        return " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))

    def clause(self, wording: Wording, tense: Literal["past", "present"] = "past") -> str:
        """A clause as it stands after *that*."""
        piece = Piece("narration", parse(_THAT + wording.text)[0], wording.binding)
        mind = self._mind
        plan = SentencePlan("NV", "question", (piece,), mind, (), end="")
        options = Options("external", person="third", tense=tense)
        if mind is not None:
            options = Options("limited", mind, person="first", tense=tense)
        plans = [ParagraphPlan(mind, (plan,))]
        told = realise(plans, {mind: View(mind, ())}, self.setting, options)[0].text
        return told[len(_THAT) :]
