"""A story as a question set tells it, line by line, until all of it is known and it can be made
one.

Receives plain statements, whose names may be of anything yet (in ``The drawer is in the study``, a
drawer is a container if something is ever put into it), and questions; hands on cases. What formats
of the same family do not share, their readers say: whether containers are open, who trusts whom.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from unspoken.theory_of_mind.formats.reading import OF, Case, Problem
from unspoken.theory_of_mind.story import (
    ELSEWHERE,
    Container,
    Question,
    Setting,
    Step,
    StoryError,
    TemplateStory,
    Whereabouts,
    step,
)

SOMEWHERE = "somewhere"
"""The room of what stands in none that the story tells of."""


class Statement(Struct, frozen=True):
    """A line, or part of one: what it says (a kind of step, ``is`` or ``exit``), of what names."""

    line: int
    text: str
    kind: str
    words: tuple[str, ...]
    peeking: tuple[str, ...] = ()
    """Who perceives just this in secret."""
    missing: tuple[str, ...] = ()
    """Who misses just this, unnoticed."""


class Asked(Struct, frozen=True):
    """A question as it stands in a set. ``early``: of the beginning."""

    line: int
    text: str
    expected: str | None
    question: Question
    early: bool
    told: int
    """How many statements stand before it."""


class Containers:
    """Which container is meant, where a name alone is said: sets may use one name in two rooms."""

    def __init__(self, said: Iterable[tuple[str, ...]]) -> None:
        self._rooms: dict[str, list[str]] = {}
        """Where containers stand, as far as it is said."""
        for box, room in said:
            self._rooms.setdefault(box, []).append(room)
        self.names: dict[tuple[str, str], str] = {}
        """What a container of this name, in this room, is called in the story."""
        self._at: dict[str, str] = {}
        self._scene = SOMEWHERE
        self._room: dict[str, str] = {}
        for box, rooms in self._rooms.items():
            for room in rooms:
                self._named(box, room)

    def came(self, who: str, room: str) -> None:
        self._at[who] = self._scene = room

    def put(self, thing: str, box: str, who: str | None = None) -> str:
        """Where it is put (by somebody in their room), or just lies (where somebody last came)."""
        here = self._scene if who is None else self._at.get(who, SOMEWHERE)
        stands = self._rooms.get(box, [here])
        room = here if here in stands else stands[0]
        self._room[thing] = room
        return self._named(box, room)

    def claimed(self, thing: str, box: str) -> str:
        """Where it is said to lie: in the room where it is, if there is such a container."""
        here = self._room.get(thing, SOMEWHERE)
        known = [room for name, room in self.names if name == box]
        return self._named(box, here if here in known or not known else known[0])

    def _named(self, box: str, room: str) -> str:
        first = all(name != box for name, _ in self.names)
        return self.names.setdefault((box, room), box if first else f"{box}{OF}{room}")


class Draft(Struct):
    """A story that grows. ``open``: whether what lies in a container is seen by whoever comes in;
    ``trusting``: whether all believe all claims; ``by_exit``: whether one believes whoever left a
    room after oneself, in which case the order is known to all (but for ``waiting`` rooms)."""

    name: str
    open: bool = True
    trusting: bool = False
    by_exit: bool = False
    waiting: str = "waiting_room"
    statements: list[Statement] = field(default_factory=list)
    questions: list[Asked] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def cases(self) -> Iterator[Case]:
        """Its questions, if all of it was understood; else ``problems`` says why not."""
        if self.problems:
            return
        try:
            setting = self._setting()
        except StoryError as error:
            self._object(self.statements[0], str(error))
            return
        steps, counts = self._steps(setting)
        if self.problems:
            return
        story = TemplateStory(self.name, setting, tuple(steps))
        for asked in self.questions:
            question = asked.question
            try:
                after = self._moment(story, asked, counts)
                question = Question(question.kind, question.minds, question.about, after=after)
                story.check(question)
            except StoryError as error:
                self.problems.append(Problem(asked.line, asked.text, str(error)))
                continue
            yield Case(story, question, asked.line, asked.text, asked.expected)

    def _moment(self, story: TemplateStory, asked: Asked, counts: list[int]) -> int | None:
        """After which step a question is asked; None: at the end."""
        if not asked.early:
            return None if asked.told == len(self.statements) else counts[asked.told]
        for count, one in enumerate(story.steps, 1):
            if one.kind in ("lay", "move") and asked.question.about in one.arguments[:-1]:
                return count
        raise StoryError(f"{asked.question.about} is never put anywhere")

    def _object(self, statement: Statement, why: str) -> None:
        self.problems.append(Problem(statement.line, statement.text, why))

    def _setting(self) -> Setting:
        """Who and what there is, by how names are used; the statements' containers get the names
        that they have in it."""
        people: dict[str, None] = {}
        rooms: dict[str, None] = {}
        boxes: dict[str, None] = {}
        for one in self.statements:
            match one.kind, one.words:
                case (("enter" | "exit"), (who, room)):
                    people[who] = rooms[room] = None
                case (("move" | "say"), (who, _, box)):
                    people[who] = boxes[box] = None
                case "tell", (who, whom, _, box):
                    people[who] = people[whom] = boxes[box] = None
            people.update(dict.fromkeys((*one.peeking, *one.missing)))
        places = [one.words for one in self.statements if one.kind == "is"]
        for thing, place in places:
            if thing in people or thing in boxes or any(thing == other for _, other in places):
                rooms[place] = None
        boxes.update({place: None for _, place in places if place not in rooms})
        for box in boxes:
            if box in rooms:
                raise StoryError(f"{box} is a room, and what is in it must be in a container")
        containers = Containers([words for words in places if words[0] in boxes])
        self.statements = [self._placed(one, people, rooms, containers) for one in self.statements]
        things = dict.fromkeys(
            one.words[-2]
            for one in self.statements
            if one.kind in ("move", "say", "tell")
            or (one.kind == "is" and one.words[1] not in rooms)
        )
        found = tuple(
            Container(name, room, self.open) for (_, room), name in containers.names.items()
        )
        rooms.update({one.room: None for one in found})
        return Setting(tuple(people), tuple(rooms), found, tuple(things))

    def _placed(
        self,
        one: Statement,
        people: Collection[str],
        rooms: Collection[str],
        containers: Containers,
    ) -> Statement:
        """A statement whose container is the one that is meant; statements come in order."""
        match one.kind, one.words:
            case (("enter" | "is"), (who, room)) if who in people:
                containers.came(who, room)
            case "is", (thing, box) if box not in rooms:
                return replace(one, words=(thing, containers.put(thing, box)))
            case "move", (who, thing, box):
                return replace(one, words=(who, thing, containers.put(thing, box, who)))
            case (("say" | "tell"), (*others, thing, box)):
                return replace(one, words=(*others, thing, containers.claimed(thing, box)))
        return one

    def _steps(self, setting: Setting) -> tuple[list[Step], list[int]]:
        """The steps, and how many there are after so many statements."""
        now = Whereabouts(setting)
        people = setting.people
        steps = [
            step("trust", who, whom)
            for who in people
            for whom in people
            if self.trusting and who != whom
        ]
        steps += [
            step("presume", who, whom)
            for who in people
            for whom in people
            if self.by_exit and who != whom
        ]
        counts = [len(steps)]
        left: list[str] = []
        for one in self.statements:
            wanted = [step("spy", who, one.words[0]) for who in one.peeking]
            wanted += [step("drift", who) for who in one.missing]
            wanted += self._plainly(now, one)
            wanted += [step("return", who) for who in one.missing]
            wanted += [step("stop", who, one.words[0]) for who in one.peeking]
            if self.by_exit and one.kind == "exit" and one.words[1] != self.waiting:
                wanted += self._trusting(left, one.words[0])
            for each in wanted:
                objection = now.objection(each)
                if objection:
                    self._object(one, objection)
                    return steps, counts
                now.take(each)
            steps += wanted
            counts.append(len(steps))
        return steps, counts

    def _plainly(self, now: Whereabouts, one: Statement) -> list[Step]:
        """What a statement is, as steps; what it leaves unsaid included."""
        match one.kind, one.words:
            case "is", (thing, place) if thing in now.setting.things:
                return [step("lay", thing, place), step("show", thing, place)]
            case "is", (thing, _) if thing in now.setting.room_of:
                return []
            case (("is" | "enter"), (who, room)):
                here = now.at(who)
                gone = [] if here in (ELSEWHERE, room) else [step("leave", who, here)]
                return [] if here == room else [*gone, step("enter", who, room)]
            case "exit", words:
                return [step("leave", *words)]
            case kind, words:
                return [step(kind, *words)]

    def _trusting(self, left: list[str], who: str) -> list[Step]:
        """Whoever left earlier now believes whoever leaves, and not the other way round; but all
        take it that they are believed themselves."""
        if who in left:
            left.remove(who)
        found = [step("trust", other, who) for other in left]
        for other in left:
            found += [step("distrust", who, other), step("presume", other, who)]
        left.append(who)
        return found
