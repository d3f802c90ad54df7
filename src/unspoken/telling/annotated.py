"""A telling with what everybody made of it: for a writer who wants to see what a scene does.

Receives a telling and its chronicle; hands on its sentences with notes: of what is said, what was
meant, what was left unsaid for it, what each who heard it took from it; of anything else, what it
rests on. Straight from the chronicle, in plain words. Beside a telling through one mind stands
nothing that this mind does not have.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from unspoken.chronicle.events import Chronicle, Event, EventNumber
from unspoken.chronicle.words import feeling_text, motive_text
from unspoken.chronicle.words import line as log_line
from unspoken.model import Storyworld
from unspoken.telling.because import Because
from unspoken.telling.plainly import Plainly
from unspoken.telling.plan import Paragraph, Sentence, Telling
from unspoken.telling.setting import Setting
from unspoken.telling.view import view
from unspoken.telling.wording import in_the_heart

TAKEN = 2
"""How much is said of what one hearer took from one utterance."""
RESTS = 2
"""How much is said of what a sentence rests on."""


class Note(Struct, frozen=True):
    """``who``: whose it is (None: nobody's in particular). ``events``: where in the chronicle."""

    label: Literal["meant", "unsaid", "heard as", "for", "held back by", "because"]
    who: str | None
    text: str
    events: tuple[EventNumber, ...] = ()

    def __str__(self) -> str:
        return f"{self.label}{f' ({self.who})' if self.who else ''}: {self.text}"


class Annotated(Struct, frozen=True):
    """A sentence with its notes, and the paragraph that it stands in."""

    sentence: Sentence
    paragraph: Paragraph
    notes: tuple[Note, ...]


def annotated(
    telling: Telling, chronicle: Chronicle, storyworld: Storyworld
) -> tuple[Annotated, ...]:
    """All sentences of a telling of that chronicle, in order. An utterance that takes several is
    annotated once, at its last."""
    notes = _Notes(telling, chronicle, storyworld)
    told = [(s, p) for p in telling.paragraphs for s in p.sentences]
    found = []
    for place, (sentence, paragraph) in enumerate(told):
        goes_on = place + 1 < len(told) and told[place + 1][0].events == sentence.events
        own = () if goes_on else tuple(notes.of(sentence))
        found.append(Annotated(sentence, paragraph, own))
    return tuple(found)


def as_text(sentences: tuple[Annotated, ...]) -> str:
    """A line a sentence, its notes below it, and through whom it is told where that changes."""
    lines: list[str] = []
    last: Paragraph | None = None
    for one in sentences:
        paragraph = one.paragraph
        if last is None or paragraph is not last:
            lines += [""] if last else []
            if last is None or paragraph.mind != last.mind or paragraph.heading:
                lines.append(f"[{paragraph.mind or 'from outside'}]")
            if paragraph.past and not (last and last.past):
                lines.append("[flashback]")
            if last and last.past and not paragraph.past:
                lines.append("[back]")
        last = paragraph
        lines.append(one.sentence.text)
        lines += (f"    {note}" for note in one.notes)
    return "\n".join(lines)


class _Notes:
    def __init__(self, telling: Telling, chronicle: Chronicle, storyworld: Storyworld) -> None:
        self.chronicle = chronicle
        self.setting = Setting(storyworld)
        self.mind = telling.options.through if telling.options.view == "limited" else None
        """Whose notes alone these are."""
        self.because = Because.of(chronicle, self.mind, self.setting)
        own = None if self.mind is None else view(chronicle, self.mind)
        self.plainly = Plainly(storyworld, None, own)

    def of(self, sentence: Sentence) -> Iterator[Note]:
        numbers = frozenset(sentence.events)
        rests: dict[str, EventNumber] = {}
        for number in dict.fromkeys(sentence.events):
            event = self.chronicle.events[number]
            if event.is_act and self._is_utterance(event):
                yield from self._meant(event)
                yield from self._motive(event)
                yield from self._unsaid(event)
                yield from self._heard(event)
            else:
                yield from self._motive(event)
                for cause in self._rests(number, numbers):
                    text = self._in_words(self.chronicle.events[cause])
                    rests.setdefault(text or "", cause)
        if rests:
            few = list(rests)[:RESTS]
            yield Note("because", None, "; ".join(few), tuple(rests[one] for one in few))

    def _is_utterance(self, event: Event) -> bool:
        speech = self.setting.speech(event.name, event.arguments)
        return speech is not None and speech[0].mode != "gesture"

    # What is said

    def _meant(self, event: Event) -> Iterator[Note]:
        speaker = event.who
        if speaker is None or self.mind not in (None, speaker):
            return
        text = f"to {self.plainly.act(event.name, event.arguments, speaker)}"
        for intention in event.intentions:
            if intention.character == speaker and intention.then:
                name, arguments = intention.then[-1]
                agent = self.setting.agent(name, arguments) or speaker
                goal = (
                    f"to {self.plainly.act(name, arguments, agent)}"
                    if agent == speaker
                    else f"that {self.plainly.would(name, arguments, agent)}"
                )
                text += f", and {goal}"
        yield Note("meant", speaker, text, (event.number,))

    def _motive(self, event: Event) -> Iterator[Note]:
        """What spoke for it most, in a run; what spoke against what was not done."""
        if event.who is None or event.decision is None or self.mind not in (None, event.who):
            return
        if event.kind == "unsaid":
            if event.because:
                because = self.setting.reason(event.because, event.who)
                yield Note("held back by", event.who, because, (event.number,))
            return
        wishes = [one for one in event.decision.chosen.pulls if one.kind in ("wish", "dread")]
        if wishes:
            strongest = max(wishes, key=lambda one: one.amount)
            named = replace(strongest, name=self.setting.reason(strongest.name, event.who))
            yield Note("for", event.who, motive_text(named), (event.number,))

    def _unsaid(self, event: Event) -> Iterator[Note]:
        speaker = event.who
        for other in self.chronicle.events:
            own = other.kind == "unsaid" and other.who == speaker and other.time == event.time
            if own and self.mind in (None, speaker) and speaker is not None:
                act = self.plainly.act(other.name, other.arguments, speaker)
                because = self.setting.reason(other.because, speaker)
                held = f" (held back by {because})" if because else ""
                yield Note("unsaid", speaker, act + held, (other.number,))

    def _heard(self, event: Event) -> Iterator[Note]:
        for hearer, percept in event.percepts.items():
            if hearer == event.who or self.mind not in (None, hearer):
                continue
            if not percept.whole:
                yield Note("heard as", hearer, "a fragment, without its sense", (event.number,))
                continue
            taken = sorted(self._taken(event, hearer), key=lambda one: one[0])[:TAKEN]
            if taken:
                texts = dict.fromkeys(text for _, text, _ in taken)
                numbers = tuple(number for _, _, number in taken)
                yield Note("heard as", hearer, "; ".join(texts), numbers)

    def _taken(
        self, event: Event, hearer: str
    ) -> Iterator[tuple[tuple[bool, bool, int], str, EventNumber]]:
        """What a hearer makes of it, with how little it is to the point: what goes on in the
        speaker is most, that the other knows what oneself knows is nothing."""
        own: set[object] = set()
        for later in self.chronicle.events[event.number + 1 :]:
            if later.who != hearer or later.fact is None or event.number not in later.causes:
                continue
            content = (later.fact, later.after)
            text = self._believed(later)
            if text is None or content in own:
                continue
            own.add(content)
            of_heart = in_the_heart(later.fact, hearer) or later.minds[1:] == (event.who,)
            yield (not of_heart, later.after is False, later.number), text, later.number

    # What the rest rests on

    def _rests(self, event: EventNumber, told: frozenset[EventNumber]) -> Iterator[EventNumber]:
        """What it points back to, the last first, past what only carries it (beliefs, laws that
        nobody has words for) and past what the same sentence tells."""
        left, seen = [event], {event}
        while left:
            for cause in sorted(self.because.straight(left.pop(0)) - seen, reverse=True):
                seen.add(cause)
                if cause in told or self._in_words(self.chronicle.events[cause]) is None:
                    left.append(cause)
                else:
                    yield cause

    def _in_words(self, event: Event) -> str | None:
        if event.fact is not None:
            return None
        if event.kind == "feel":
            return f"{event.who} feels {feeling_text(event.name, event.toward)}"
        betrayed = self.setting.betrays(event.name, event.arguments)
        doer = event.who if betrayed is None else betrayed[0]
        if event.is_act and doer is not None:
            return self.plainly.does(event.name, event.arguments, doer)
        if event.is_act or (event.kind == "happen" and event.name and event.changes):
            return self.plainly.happens(event.name, event.arguments)
        if event.kind == "unsaid" and event.who is not None:
            return f"{self.plainly.would(event.name, event.arguments, event.who)}, and does not"
        if event.kind == "refuse" and event.who is not None:
            return self._refused(event, event.who)
        if event.kind == "happen":
            return None
        if event.kind == "fail" and event.who is not None:
            act = self.plainly.act(event.name, event.arguments, event.who)
            return f"{self.plainly.name(event.who)} tries to {act}, and cannot"
        return log_line(event)

    def _refused(self, event: Event, who: str) -> str:
        """What somebody did not take part in."""
        asker, name = self.setting.agent(event.name, event.arguments), self.plainly.name(who)
        if asker is None or asker == who:
            return f"{name} wants no part in it"
        begun = self.plainly.act(event.name, event.arguments, asker)
        return f"{self.plainly.name(asker)} begins to {begun}, and {name} draws back"

    def _believed(self, event: Event) -> str | None:
        """What is believed, without whose belief it is; None for what there are no words for."""
        assert event.fact is not None
        if event.after is None or len(event.minds) > 2 or "." in event.fact.property:
            return None
        if isinstance(event.after, float):
            return None  # by how much, and there is more to say of it than that
        told = self.plainly.clause(event.fact, event.after)
        if told is not None and event.minds[1:]:
            return self.plainly.held(event.minds[1], "[think] that", event.fact, event.after)
        return told
