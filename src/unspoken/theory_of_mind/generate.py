"""Stories and questions made up under a seed: the same seed, number and recipe, the same story.

What can happen next is what ``Whereabouts`` has no objection to; no mind is looked into, so that
questions are drawn blindly, whatever their answers are.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from msgspec import Struct, field

from unspoken.theory_of_mind.story import (
    ELSEWHERE,
    KINDS,
    Container,
    Question,
    QuestionKind,
    Setting,
    Step,
    TemplateStory,
    Whereabouts,
    step,
)

PEOPLE = ("Anne", "Ben", "Cleo", "Dora", "Emil", "Finn", "Gwen", "Hugo")
ROOMS = ("kitchen", "garden", "study", "attic", "cellar", "hall")
CONTAINERS = (
    *("box", "basket", "chest", "drawer", "jar", "crate", "tin", "sack", "pot", "bucket"),
    *("cupboard", "trunk", "bowl", "bag", "case", "barrel", "vase", "pouch"),
)
THINGS = ("apple", "key", "ring", "letter", "coin", "scarf", "pear", "stamp")

WEIGHTS = {
    **{"enter": 12, "leave": 4, "move": 14, "look": 3, "peek": 4, "say": 4, "tell": 6},
    **{"drift": 6, "return": 6, "doze": 2, "wake": 2, "spy": 6, "stop": 1},
    **{"trust": 1, "distrust": 1, "presume": 1, "remark": 1, "show": 0.5},
}
"""How often each kind of step is tried."""

REMARKS = ("{0} likes {1}.", "{0} does not care for {1}.", "It was a long afternoon.")
ASKED: tuple[QuestionKind, ...] = ("thing", "thing", "thing", "person", "said", "whether", "knows")
"""What is asked about, how often."""


class Recipe(Struct, frozen=True):
    """What stories are like: numbers from and to. ``kinds``: which steps may occur, besides those
    that begin; ``share``: so many stories in a row have one setting, and so one storyworld."""

    people: tuple[int, int] = (3, 5)
    rooms: tuple[int, int] = (2, 3)
    containers: tuple[int, int] = (2, 3)
    """In each room."""
    things: tuple[int, int] = (1, 2)
    steps: tuple[int, int] = (10, 24)
    orders: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    questions: int = 30
    kinds: frozenset[str] = field(default_factory=lambda: frozenset(KINDS))
    share: int = 10


def stories(
    count: int, seed: int = 0, recipe: Recipe | None = None
) -> Iterator[tuple[TemplateStory, list[Question]]]:
    """So many stories, each with its questions."""
    recipe = recipe or Recipe()
    for number in range(count):
        # A text as seed: the same draws in every process.
        setting = _setting(random.Random(f"{seed} setting {number // recipe.share}"), recipe)
        draw = random.Random(f"{seed} story {number}")
        story = TemplateStory(f"{seed}-{number}", setting, _steps(draw, setting, recipe))
        yield story, _questions(draw, story, recipe)


def _setting(draw: random.Random, recipe: Recipe) -> Setting:
    rooms = draw.sample(ROOMS, draw.randint(*recipe.rooms))
    names = draw.sample(CONTAINERS, len(CONTAINERS))
    containers = tuple(
        Container(names.pop(), room, draw.random() < 0.6)
        for room in rooms
        for _ in range(draw.randint(*recipe.containers))
    )
    people = draw.sample(PEOPLE, draw.randint(*recipe.people))
    things = draw.sample(THINGS, draw.randint(*recipe.things))
    return Setting(tuple(people), tuple(rooms), containers, tuple(things))


def _steps(draw: random.Random, setting: Setting, recipe: Recipe) -> tuple[Step, ...]:
    boxes = [one.name for one in setting.containers]
    taken = [step("lay", thing, draw.choice(boxes)) for thing in setting.things]
    taken += [
        step("trust", who, whom)
        for who in setting.people
        for whom in setting.people
        if who != whom and draw.random() < 0.6
    ]
    wanted = len(taken) + draw.randint(*recipe.steps)
    if "enter" in recipe.kinds and draw.random() < 0.7:  # most of them come together first
        room = setting.room_of[taken[0].arguments[-1]]
        some = draw.randint(len(setting.people) // 2 + 1, len(setting.people))
        taken += [step("enter", who, room) for who in draw.sample(setting.people, some)]
        taken = taken[:wanted]
    now = Whereabouts(setting)
    for one in taken:
        now.take(one)
    kinds = [kind for kind in WEIGHTS if kind in recipe.kinds]
    weights = [WEIGHTS[kind] for kind in kinds]
    for _ in range(100 * wanted):  # more than enough; a recipe without entering runs dry
        if len(taken) == wanted:
            break
        tried = _proposed(draw, now, draw.choices(kinds, weights)[0])
        if tried is not None and now.objection(tried) is None and _makes_sense(now, tried):
            now.take(tried)
            taken.append(tried)
    return tuple(taken)


def _proposed(draw: random.Random, now: Whereabouts, kind: str) -> Step | None:
    """A step of a kind, not always a possible one."""
    setting = now.setting
    # Whoever is watched does more than others, or there would be little to see.
    who = draw.choice([*setting.people, *now.watches.values(), *now.watches.values()])
    whom = draw.choice([one for one in setting.people if one != who] or [who])
    thing = draw.choice(setting.things)
    here = [box for box, room in setting.room_of.items() if room == now.at(who)]
    match kind:
        case "remark":
            return step("remark", draw.choice(REMARKS).format(who, f"the {thing}"))
        case "enter":  # oftener where somebody is, or where there is something
            peopled = [now.at(one) for one in setting.people if now.at(one) != ELSEWHERE]
            stocked = [setting.room_of[box] for box in now.lies.values()]
            return step("enter", who, draw.choice([*setting.rooms, *peopled, *stocked]))
        case "leave":
            return step("leave", who, now.at(who))
        case "move" if here:
            return step("move", who, thing, draw.choice(here))
        case "look" | "peek" if here:
            return step(kind, who, draw.choice(here))
        case "say":
            return step("say", who, thing, draw.choice(list(setting.room_of)))
        case "tell":
            return step("tell", who, whom, thing, draw.choice(list(setting.room_of)))
        case "show" if thing in now.lies:
            return step("show", thing, now.lies[thing])
        case "stop":
            return step("stop", who, now.watches.get(who, whom))
        case "spy" | "trust" | "distrust" | "presume":
            return step(kind, who, whom)
        case "doze" | "wake" | "drift" | "return":
            return step(kind, who)
    return None


def _makes_sense(now: Whereabouts, one: Step) -> bool:
    """Is it, besides being possible, what somebody might do?"""
    setting = now.setting
    here = now.at(one.arguments[0])
    in_view = {box.name for box in setting.containers if box.open and box.room == here}
    match one.kind, one.arguments:
        case "move", (_, thing, box):  # what is at hand, to another place
            was = now.lies.get(thing)
            return was is not None and was != box and setting.room_of[was] == here
        case "look" | "peek", (_, box):
            return box not in in_view
        case ("say", (_, thing, box)) | ("tell", (_, _, thing, box)):
            # Of what nobody can see from here; with somebody there to hear it.
            return not in_view & {box, now.lies.get(thing)} and len(now.company(here)) > 1
        case "spy", (who, whom):
            return here == ELSEWHERE != now.at(whom) and who not in now.watches
        case "enter", (who, _):
            return who not in now.watches
        case (("trust" | "distrust" as kind), (who, whom)):  # what is new
            return ((who, whom) in now.trusts) == (kind == "distrust")
        case "presume", (who, whom):
            return (whom, who) not in now.trusts
        case "show", (_, box):
            return bool(now.company(setting.room_of[box]))
    return True


def _questions(draw: random.Random, story: TemplateStory, recipe: Recipe) -> list[Question]:
    found: dict[Question, None] = {}
    for _ in range(20 * recipe.questions):
        if len(found) == recipe.questions:
            break
        found.setdefault(_question(draw, story, draw.choice(recipe.orders)))
    return list(found)


def _minds(draw: random.Random, people: tuple[str, ...], order: int) -> list[str]:
    """A chain of minds. Often the first or the last stands in it once only, or long chains would
    all be about what everybody shares."""
    minds: list[str] = []
    once = draw.random() < 0.7 and len(people) > 2
    for _ in range(order):
        left_out = (minds[0], minds[-1]) if minds and once else minds[-1:]
        minds.append(draw.choice([who for who in people if who not in left_out]))
    return minds[::-1] if draw.random() < 0.6 else minds


def _question(draw: random.Random, story: TemplateStory, order: int) -> Question:
    setting = story.setting
    minds = _minds(draw, setting.people, order)
    kind = draw.choice(ASKED)
    after = None
    if draw.random() < 0.2:
        after = draw.randint(story.beginning, len(story.steps))
    thing = draw.choice(setting.things)
    if kind == "knows" and not order:
        kind = "thing"
    if kind == "person":
        others = [who for who in setting.people if minds[-1:] != [who]]
        return Question("person", tuple(minds), draw.choice(others), after=after)
    if kind == "said":
        said = [
            (one.arguments[0], one.arguments[-2])
            for one in story.steps
            if one.kind in ("say", "tell")
        ]
        by, thing = draw.choice(said) if said else (draw.choice(setting.people), thing)
        return Question("said", tuple(minds), thing, by=by, after=after)
    if kind == "whether":
        boxes = [
            one.arguments[-1] for one in story.steps if one.kind in ("lay", "move", "say", "tell")
        ]
        return Question("whether", tuple(minds), thing, value=draw.choice(boxes), after=after)
    return Question(kind, tuple(minds), thing, after=after)
