"""Template stories of theory of mind, and questions about them: frozen values, readable as JSON.

A story is a ``Setting`` and steps, each of one of the ``KINDS``. ``Whereabouts`` follows who is
where in truth, which says what can be the next step; of minds it knows nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any, Literal, TypeAlias, get_args

from msgspec import Struct, field
from msgspec.structs import asdict

ELSEWHERE = "elsewhere"
"""Where people are who are in no room of the story. Nobody there perceives anything by itself."""

Role: TypeAlias = Literal["person", "room", "container", "thing", "text"]


class Kind(Struct, frozen=True):
    """A kind of step: what its arguments are, and how it is said in English."""

    roles: tuple[Role, ...]
    text: str


KINDS: Mapping[str, Kind] = {
    # How it begins: nobody sees it.
    "lay": Kind(("thing", "container"), "{0} was in {1}; nobody had seen it yet."),
    # Everybody knows these at once, wherever they are.
    "trust": Kind(("person", "person"), "As everybody knows, {0} trusts {1}."),
    "distrust": Kind(("person", "person"), "As everybody knows, {0} does not trust {1} any more."),
    # Known to nobody but them.
    "presume": Kind(("person", "person"), "{0} takes it that {1} trusts {0}, rightly or not."),
    # In the open: whoever is in the room and attends perceives it.
    "enter": Kind(("person", "room"), "{0} entered {1}."),
    "leave": Kind(("person", "room"), "{0} left {1}."),
    "move": Kind(("person", "thing", "container"), "{0} moved {1} to {2}."),
    "show": Kind(("thing", "container"), "Everybody there saw that {0} was in {1}."),
    "look": Kind(("person", "container"), "{0} looked into {1}, before everybody's eyes."),
    "say": Kind(("person", "thing", "container"), "{0} said aloud that {1} was in {2}."),
    "doze": Kind(("person",), "{0} dozed off, before everybody's eyes."),
    "wake": Kind(("person",), "{0} woke up, before everybody's eyes."),
    # Unnoticed by others.
    "tell": Kind(
        ("person", "person", "thing", "container"),
        "{0} let {1} know that {2} was in {3}; nobody else noticed.",
    ),
    "peek": Kind(("person", "container"), "{0} peeked into {1}; nobody noticed."),
    "drift": Kind(("person",), "{0} stopped attending; nobody noticed."),
    "return": Kind(("person",), "{0} attended again; nobody noticed."),
    "spy": Kind(("person", "person"), "{0} began to watch {1} in secret."),
    "stop": Kind(("person", "person"), "{0} no longer watched {1}."),
    # Nothing that anybody could come to believe something by.
    "remark": Kind(("text",), "{0}"),
}

BEGINNING = ("lay", "trust", "distrust", "presume")
"""The kinds of steps that a story begins with."""


class StoryError(ValueError):
    """What cannot be: a step that is not possible, a name that is nobody's. The text says what."""


class Step(Struct, frozen=True):
    """Something that happens: a kind, and what its roles are filled with."""

    kind: str
    arguments: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join((self.kind, *self.arguments))


def step(kind: str, *arguments: str) -> Step:
    """A step. Raises StoryError for a kind that there is not, or too few or many arguments."""
    if kind not in KINDS:
        raise StoryError(f"there is no step `{kind}`; there are {', '.join(KINDS)}")
    if len(arguments) != len(KINDS[kind].roles):
        wanted = ", ".join(KINDS[kind].roles)
        raise StoryError(f"the step `{kind}` wants {wanted}")
    if not all(isinstance(one, str) for one in arguments):
        raise StoryError(f"what fills a step `{kind}` is a name")
    return Step(kind, arguments)


@lru_cache(4096)
def entity(name: str) -> str:
    """A name as a storyworld has it: ``front yard`` is ``Front_yard``."""
    word = re.sub(r"\W", "_", name)
    return word[:1].upper() + word[1:]


RESERVED = re.compile(r"True|False|With_.*")
"""What the language has for something else, and what companies are called."""


class Container(Struct, frozen=True):
    """What things lie in. ``open``: whoever comes into its room sees what is in it."""

    name: str
    room: str
    open: bool = True


class Setting(Struct, frozen=True, dict=True):
    """Who and what there is. Stories with equal settings share a storyworld."""

    people: tuple[str, ...]
    rooms: tuple[str, ...]
    containers: tuple[Container, ...]
    things: tuple[str, ...]

    @cached_property
    def name_of(self) -> Mapping[str, str]:
        """Everybody's and everything's name, by what the storyworld calls it."""
        names = (ELSEWHERE, *self.people, *self.rooms, *self.room_of, *self.things)
        return {entity(name): name for name in names}

    @cached_property
    def room_of(self) -> Mapping[str, str]:
        return {container.name: container.room for container in self.containers}

    def named(self, role: Role) -> tuple[str, ...]:
        """What may fill a role."""
        match role:
            case "person":
                return self.people
            case "room":
                return self.rooms
            case "container":
                return tuple(self.room_of)
            case "thing":
                return self.things
            case _:
                return ()

    def __post_init__(self) -> None:
        names = [*self.people, *self.rooms, *self.room_of, *self.things]
        for name in names:
            if not (isinstance(name, str) and re.match(r"[^\W\d_]", name)):
                raise StoryError(f"{name!r} is no name: it begins with no letter")
            if RESERVED.fullmatch(entity(name)):
                raise StoryError(f"nobody and nothing can be called {name}")
        if len(set(names)) < len(names) or len(self.room_of) < len(self.containers):
            twice = sorted({name for name in names if names.count(name) > 1})
            raise StoryError(f"two things have one name: {', '.join(twice) or 'two containers'}")
        if len(self.name_of) <= len(names):
            raise StoryError("two things have one name, but for capitals and signs")
        for container in self.containers:
            if container.room not in self.rooms:
                raise StoryError(f"{container.name} stands in {container.room}, which is no room")


class Whereabouts(Struct):
    """Who is where in truth, who attends, who watches whom; step by step."""

    setting: Setting
    place: dict[str, str] = field(default_factory=dict)
    lies: dict[str, str] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    """Who does not attend, and by which kind of step."""
    watches: dict[str, str] = field(default_factory=dict)
    trusts: set[tuple[str, str]] = field(default_factory=set)

    def at(self, person: str) -> str:
        return self.place.get(person, ELSEWHERE)

    def company(self, room: str) -> tuple[str, ...]:
        """Who is in a room, in the setting's order."""
        return tuple(person for person in self.setting.people if self.at(person) == room)

    def objection(self, one: Step) -> str | None:
        """Why a step cannot be the next one; None where it can."""
        for role, name in zip(KINDS[one.kind].roles, one.arguments, strict=True):
            if role != "text" and name not in self.setting.named(role):
                return f"there is no {role} called {name}"
        room_of = self.setting.room_of
        match one.kind, one.arguments:
            case ("move", (who, _, box)) | ("look" | "peek", (who, box)):
                if self.at(who) != room_of[box]:
                    return f"{who} is not in {room_of[box]}, where {box} stands"
            case "enter", (who, room):
                if self.at(who) != ELSEWHERE:
                    return f"{who} is in {self.at(who)}, and has not left it"
            case "leave", (who, room):
                if self.at(who) != room:
                    return f"{who} is not in {room}"
            case "show", (thing, box):
                if self.lies.get(thing) != box:
                    return f"{thing} is not in {box}"
            case ("say", (who, _, _)) | ("doze" | "drift", (who,)):
                if self.at(who) == ELSEWHERE:
                    return f"{who} is in no room"
            case ("tell" | "spy" | "trust" | "distrust" | "presume", (who, whom, *_)) if (
                who == whom
            ):
                return f"{who} does not do that to themselves"
            case "stop", (who, whom):
                if self.watches.get(who) != whom:
                    return f"{who} does not watch {whom}"
            case (("wake" | "return" as kind), (who,)):
                if self.absent.get(who) != {"wake": "doze", "return": "drift"}[kind]:
                    return f"{who} does attend"
                return None
        actor = one.arguments[0]
        doing = KINDS[one.kind].roles[0] == "person" and one.kind not in BEGINNING
        if doing and actor in self.absent:
            return f"{actor} does not attend, and does nothing"
        return None

    def take(self, one: Step) -> None:
        """Let a step happen. Raises StoryError where it cannot."""
        objection = self.objection(one)
        if objection:
            raise StoryError(f"`{one}`: {objection}")
        match one.kind, one.arguments:
            case "lay", (thing, box):
                self.lies[thing] = box
            case "move", (_, thing, box):
                self.lies[thing] = box
            case "enter", (who, room):
                self.place[who] = room
            case "leave", (who, _):
                self.place[who] = ELSEWHERE
            case (("doze" | "drift" as kind), (who,)):
                self.absent[who] = kind
            case "wake" | "return", (who,):
                del self.absent[who]
            case "spy", (who, whom):
                self.watches[who] = whom
            case "stop", (who, _):
                del self.watches[who]
            case "trust", (who, whom):
                self.trusts.add((who, whom))
            case "distrust", (who, whom):
                self.trusts.discard((who, whom))


QuestionKind: TypeAlias = Literal["thing", "room", "person", "said", "whether", "knows"]


class Question(Struct, frozen=True):
    """What ``minds[0]`` thinks that ``minds[1]`` thinks ... ; without minds, what is so.

    ``kind``: in what container a ``thing`` is, or in what ``room``; where a ``person`` is; where
    ``by`` ``said`` that a thing was; ``whether`` a thing is in ``value``; whether the last mind
    ``knows`` where a thing is (as the others see it). ``after``: when only so many steps had
    happened; None: at the end.
    """

    kind: QuestionKind
    minds: tuple[str, ...]
    about: str
    by: str | None = None
    value: str | None = None
    after: int | None = None

    @property
    def order(self) -> int:
        return len(self.minds)


Answer: TypeAlias = str | bool | None
"""A name; yes or no; or None: not known (of what was said: nothing)."""


def answer_text(answer: Answer) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return "not known" if answer is None else answer


class TemplateStory(Struct, frozen=True):
    """A setting and what happens in it. Raises StoryError where a step is not possible."""

    name: str
    setting: Setting
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        for _ in self.moments():
            pass

    def moments(self) -> Iterator[tuple[Step, Whereabouts]]:
        """Each step, with the whereabouts before it (one object, which moves on)."""
        now = Whereabouts(self.setting)
        for one in self.steps:
            yield one, now
            now.take(one)

    @property
    def beginning(self) -> int:
        """How many steps say how it begins."""
        count = 0
        while count < len(self.steps) and self.steps[count].kind in BEGINNING:
            count += 1
        return count

    def check(self, question: Question) -> None:
        """Raises StoryError for a question that makes no sense here."""
        wanted: list[tuple[Role, str | None]] = [("person", mind) for mind in question.minds]
        wanted.append(("person" if question.kind == "person" else "thing", question.about))
        if question.kind == "said":
            wanted.append(("person", question.by))
        if question.kind == "whether":
            wanted.append(("container", question.value))
        for role, name in wanted:
            if name not in self.setting.named(role):
                raise StoryError(f"there is no {role} called {name}")
        if question.kind not in get_args(QuestionKind):
            raise StoryError(f"there is no question `{question.kind}`")
        if question.kind == "knows" and not question.minds:
            raise StoryError("whether who knows it?")
        if question.after is not None and not 0 <= question.after <= len(self.steps):
            raise StoryError(f"there is no step {question.after}")


def to_json(
    story: TemplateStory, asked: Iterable[tuple[Question, Answer]], *, answers: bool = True
) -> str:
    """A story and its questions, with their answers or without, as one line."""
    setting = story.setting
    data = {
        "story": story.name,
        "people": setting.people,
        "rooms": setting.rooms,
        "containers": [[one.name, one.room, one.open] for one in setting.containers],
        "things": setting.things,
        "steps": [[one.kind, *one.arguments] for one in story.steps],
        "questions": [
            {
                key: value
                for key, value in (
                    *asdict(question).items(),
                    ("answer", answer if answers else None),
                )
                if value is not None or (key == "answer" and answers)
            }
            for question, answer in asked
        ],
    }
    return json.dumps(data, ensure_ascii=False)


def from_json(line: str) -> tuple[TemplateStory, list[tuple[Question, Answer, bool]]]:
    """What ``to_json`` wrote: the story; each question, its answer, and whether one was given.

    Raises StoryError for anything else.
    """
    try:
        data: Any = json.loads(line)
        setting = Setting(
            tuple(data["people"]),
            tuple(data["rooms"]),
            tuple(Container(*one) for one in data["containers"]),
            tuple(data["things"]),
        )
        story = TemplateStory(
            str(data["story"]), setting, tuple(step(*one) for one in data["steps"])
        )
        asked = []
        for one in data["questions"]:
            given, answer = "answer" in one, one.pop("answer", None)
            question = Question(**{**one, "minds": tuple(one["minds"])})
            story.check(question)
            asked.append((question, answer, given))
    except StoryError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoryError(f"this is no story with questions: {error}") from None
    return story, asked
