"""Brute force: what minds hold, recomputed from the list of what happened, by definition.

Shares nothing with the engine, with the storyworld's text or with its acts; reads only a story's
steps. It is slow and plain on purpose: a mind is whatever it has perceived, one thing after
another, and what A thinks that B thinks is whatever A thinks that B has perceived.

Who perceives what

- Nobody knows at first where anything is; all know that everybody is elsewhere, attends, trusts
  nobody.
- Whoever is in a room and attends perceives whatever is openly done there. Whoever does something
  perceives it.
- Before something is openly done (when somebody comes in or wakes: after it), all who are about to
  perceive it see who is in the room and who is not. Whoever was believed to be there and is not, is
  then not known to be anywhere.
- When somebody has come in, all who are in the room and attend see what lies in open containers
  there; what was believed to lie there and does not, is then not known to be anywhere.
- Whoever leaves is elsewhere; whoever sees them leave takes them to stay elsewhere.
- Whoever looks into a container sees what is in it; what they believed to be in it and is not, is
  then not known to be anywhere. Others who perceive the look know that they looked, and take them
  to have seen what they themselves believe to be there. A peek is a look that others do not
  perceive.
- What is said aloud is heard by those in the room who attend; what is told to one, by that one if
  they attend, wherever they are, and it does not show where anybody is. All who hear it know what
  was said. Whoever trusts the speaker believes it, and believes that the speaker does; others
  change their mind about nothing. The speaker's own mind is not changed.
- Whoever dozes off perceives nothing until they wake; those in the room who attend perceive that,
  they themselves do not. Whoever drifts perceives nothing until they return, and nobody perceives
  that.
- Whoever watches somebody in secret perceives all that they do (who is there with them, and what
  they whisper, too), and nothing else; nobody but the watcher knows of it.
- Who trusts whom is perceived by everybody; but whoever presumes that somebody trusts them
  believes so until they perceive otherwise, whether it is so or not, and nobody else knows of it.
  How things lie at the beginning is perceived by nobody.

Whether B perceives something is judged by what is so; whether B does as A sees it, by what A holds
just before (and by what A learns in perceiving it: who is there).
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct, field
from msgspec.structs import asdict

from unspoken.theory_of_mind.story import Answer, Question, TemplateStory

AWAY = "elsewhere"
Chain = tuple[str, ...]


class View(Struct):
    """What a mind holds about everything but minds; None, or nothing: not known."""

    place: dict[str, str | None]
    lies: dict[str, str | None] = field(default_factory=dict)
    said: dict[tuple[str, str], str] = field(default_factory=dict)
    trusts: set[tuple[str, str]] = field(default_factory=set)
    absent: set[str] = field(default_factory=set)
    watches: dict[str, str] = field(default_factory=dict)

    def copy(self) -> View:
        return View(**{name: part.copy() for name, part in asdict(self).items()})

    def there(self, who: str, room: str | None) -> bool:
        return self.place[who] == room and who not in self.absent


class Event(Struct, frozen=True):
    """Something perceptible. ``room``: where; ``company``: who else is there, and nobody
    besides."""

    kind: str
    words: tuple[str, ...]
    room: str | None = None
    company: frozenset[str] = frozenset()
    contents: tuple[tuple[str, str], ...] = ()


class Replay:
    def __init__(self, story: TemplateStory) -> None:
        self.people = story.setting.people
        self.stands = {box.name: box.room for box in story.setting.containers}
        self.open = {box.name for box in story.setting.containers if box.open}
        self.events: list[Event] = []
        self.until = [0]
        """How many events there have been after so many steps."""
        place: dict[str, str | None] = {}
        lies: dict[str, str] = {}
        for step in story.steps:
            kind, words = step.kind, step.arguments
            room = place.get(words[0])
            if kind in ("lay", "move", "show"):
                lies[words[-2]] = words[-1]
                room = self.stands[words[-1]]
            elif kind in ("look", "peek"):
                room = self.stands[words[1]]
            elif kind == "enter":
                room = words[1]
            act = Event(kind, words, room)
            others = {who for who in place if place[who] == room and who != words[0]}
            found = Event("found", words[:1], room, frozenset(others))
            if kind == "enter":
                place[words[0]] = room
                seen = tuple(
                    (thing, box)
                    for thing, box in lies.items()
                    if box in self.open and self.stands[box] == room
                )
                self.events += [act, found, Event("glance", (), room, contents=seen)]
            elif kind == "wake":
                self.events += [act, found]
            elif kind in ("leave", "move", "look", "say", "doze"):
                self.events += [found, act]
            else:
                self.events.append(act)
            if kind == "leave":
                del place[words[0]]
            self.until.append(len(self.events))
        self.things = story.setting.things
        self.view = cache(self.view)  # type: ignore[method-assign]
        self.perceived = cache(self.perceived)  # type: ignore[method-assign]

    def view(self, chain: Chain, count: int) -> View:
        """What the last of the chain holds, as those before see it, after so many events. Without
        a chain: what is so."""
        if count == 0:
            return View(dict.fromkeys(self.people, AWAY))
        before = self.view(chain, count - 1)
        event = self.events[count - 1]
        if not self.perceived(chain, count):
            return self.meant(chain, count, before)
        if event.kind == "presume" and not chain:
            return before
        after = before.copy()
        self.learn(after, event)
        if event.kind in ("look", "peek") and chain and chain[-1] == event.words[0]:
            seen = self.view(chain[:-1], count - 1)
            for thing in self.things:
                if seen.lies.get(thing) == event.words[1]:
                    after.lies[thing] = event.words[1]
                elif before.lies.get(thing) == event.words[1]:
                    after.lies[thing] = None
        if event.kind in ("say", "tell") and chain and self.convinced(chain, count):
            after.lies[event.words[-2]] = event.words[-1]
        return self.meant(chain, count, after)

    def meant(self, chain: Chain, count: int, view: View) -> View:
        """A claim's hearer, if convinced, takes its speaker to believe it."""
        event = self.events[count - 1]
        claimed = event.kind in ("say", "tell") and chain[-1:] == event.words[:1]
        heard = claimed and len(chain) > 1 and self.perceived(chain[:-1], count)
        if heard and self.convinced(chain[:-1], count):
            view = view.copy()
            view.lies[event.words[-2]] = event.words[-1]
        return view

    def convinced(self, chain: Chain, count: int) -> bool:
        """Does the last of the chain, who hears a claim, trust its speaker?"""
        speaker, hearer = self.events[count - 1].words[0], chain[-1]
        trusting = self.view(chain[:-1], count - 1).trusts
        return hearer != speaker and (hearer, speaker) in trusting

    def perceived(self, chain: Chain, count: int) -> bool:
        """Does the last of the chain perceive an event, as those before see it, who perceive it?"""
        if not chain:
            return True
        *others, who = chain
        if not self.perceived(tuple(others), count):
            return False
        event, lights = self.events[count - 1], self.view(tuple(others), count - 1)
        doer = event.words[0] if event.words else None
        watching = lights.watches.get(who) == doer and doer is not None
        there = lights.there(who, event.room)
        match event.kind:
            case "lay" | "drift" | "return" | "remark":
                return False
            case "trust" | "distrust":
                return True
            case "spy" | "stop" | "presume":
                return who == doer
            case "peek":
                return who == doer or watching
            case "tell":
                listening = who == event.words[1] and who not in lights.absent
                return who == doer or listening or watching
            case "found":  # all who perceive it see who is there
                met = who in event.company and who not in lights.absent
                return who == doer or met or watching
            case "glance" | "show":
                return there
            case "doze" | "wake":
                return (there and who != doer) or watching
            case _:
                return who == doer or there or watching

    def learn(self, view: View, event: Event) -> None:
        """What is then so, or taken to be so by whoever perceives it."""
        kind, words, room = event.kind, event.words, event.room
        if kind in ("move", "look", "peek", "say", "doze", "wake"):
            view.place[words[0]] = room
        if kind in ("lay", "move", "show"):
            view.lies[words[-2]] = words[-1]
        match kind:
            case "enter":
                view.place[words[0]] = room
            case "found":
                for who in self.people:
                    if who == words[0] or who in event.company:
                        view.place[who] = room
                    elif view.place[who] == room:
                        view.place[who] = None
            case "glance":
                for thing, box in view.lies.items():
                    if box in self.open and self.stands[box] == room:
                        view.lies[thing] = None
                view.lies.update(event.contents)
            case "leave":
                view.place[words[0]] = AWAY
            case "say" | "tell":
                view.said[words[0], words[-2]] = words[-1]
            case "doze" | "drift":
                view.absent.add(words[0])
            case "wake" | "return":
                view.absent.discard(words[0])
            case "spy":
                view.watches[words[0]] = words[1]
            case "stop":
                view.watches.pop(words[0], None)
            case "trust":
                view.trusts.add((words[0], words[1]))
            case "presume":
                view.trusts.add((words[1], words[0]))
            case "distrust":
                view.trusts.discard((words[0], words[1]))

    def answer(self, question: Question) -> Answer:
        count = self.until[-1 if question.after is None else question.after]
        view = self.view(question.minds, count)
        thing = view.lies.get(question.about)
        match question.kind:
            case "person":
                return view.place[question.about]
            case "said":
                assert question.by
                return view.said.get((question.by, question.about))
            case "whether":
                return thing == question.value
            case "knows":
                so = self.view(question.minds[:-1], count).lies.get(question.about)
                return so is not None and so == thing
            case "room":
                return None if thing is None else self.stands[thing]
            case _:
                return thing
