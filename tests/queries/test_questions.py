"""Questions to a reader: the right answer is right in the chronicle and on the page, every other
option is wrong, and what a page through one mind asks is within that mind."""

from __future__ import annotations

from functools import cache

import pytest
from msgspec.structs import replace

import unspoken
from unspoken.chronicle.events import Chronicle, Fact, Value
from unspoken.chronicle.lived import lived
from unspoken.queries import Question, Questions, questions
from unspoken.queries.words import Words
from unspoken.story import Story
from unspoken.telling import Options, tell

STORIES = ("night_visit", "night_visit run", "paste_diamonds", "wrong_bench")
MANY = 100


@cache
def story(name: str) -> Story:
    world = unspoken.load(name.removesuffix(" run"))
    return world.run() if name.endswith(" run") else world.plan(first_only=True)


@cache
def asked(name: str, through: str | None = None) -> Questions:
    return story(name).questions(through, most=MANY)


def facts_by_words(name: str) -> dict[str, tuple[Fact, Value]]:
    """What options say, read back."""
    words = Words(story(name).world.model)
    entities = [entity for entity, _ in story(name).chronicle.entities]
    found: dict[str, tuple[Fact, Value]] = {}
    for fact in story(name).chronicle.beginning[()]:
        for value in (True, False, *entities):
            said = words.fact(fact, value)
            if said is not None:
                found.setdefault(said[:1].upper() + said[1:], (fact, value))
    return found


def after(name: str, question: Question) -> int:
    """The number of the first event that is later than what a question asks about."""
    chronicle, words = story(name).chronicle, Words(story(name).world.model)
    if question.text.startswith("At the beginning, "):
        return 0
    sentences = [s for p in asked(name).telling.paragraphs for s in p.sentences]
    quoted = question.text.partition("“")[2].partition("”, ")[0]
    told = next((s.events for s in sentences if quoted and s.text == f"{quoted}."), ())
    time = next(
        act.time
        for act in chronicle.acts()
        if act.number in told or question.text.startswith(f"Right after {words.act(act)}, ")
    )
    numbers = [event.number for event in chronicle.events if event.time > time]
    return numbers[0] if numbers else len(chronicle.events)


@pytest.mark.parametrize("name", STORIES)
def test_one_option_is_what_the_mind_held(name: str) -> None:
    chronicle, by_words = story(name).chronicle, facts_by_words(name)
    of_beliefs = [q for q in asked(name) if q.kind in ("believed", "mistaken")]
    assert of_beliefs
    for question in of_beliefs:
        minds = question.minds if question.kind == "believed" else ()
        before = after(name, question)
        for place, option in enumerate(question.options):
            fact, value = by_words[option]
            held = chronicle.value(minds, fact, before) == value
            assert held == (place == question.answer), (question, option)
        if question.kind == "mistaken":
            fact, value = by_words[question.options[question.answer]]
            assert chronicle.value(question.minds, fact, before) != value


@pytest.mark.parametrize("name", STORIES)
def test_the_page_carries_the_answer(name: str) -> None:
    for question in asked(name):
        paragraphs = asked(name).telling.paragraphs
        minds = {paragraphs[p].sentences[s].mind for p, s in question.places}
        if question.kind in ("believed", "felt", "wanted", "thinker"):
            assert question.minds[0] in minds or question.kind == "thinker"
        assert len(set(question.options)) == len(question.options) >= 2


def test_what_was_said_to_nobody_is_asked() -> None:
    kinds = {question.kind for question in asked("night_visit run")}
    assert kinds == {"believed", "mistaken", "knew", "felt", "wanted", "why", "thinker"}
    wanted = next(q for q in asked("night_visit run") if q.kind == "wanted")
    assert wanted.options[wanted.answer] == "Tell Willow that Tara liked her"
    events = [story("night_visit run").chronicle.events[number] for number in wanted.events]
    assert [(event.kind, event.who) for event in events] == [("unsaid", "Tara")]


@pytest.mark.parametrize("name", STORIES)
def test_nobody_did_or_meant_a_wrong_purpose_nor_wished_for_a_wrong_wish(name: str) -> None:
    words = Words(story(name).world.model)
    for question in asked(name):
        if question.kind not in ("why", "wanted"):
            continue
        (who,) = question.minds
        own = [e for e in story(name).chronicle.events if e.who == who and e.name]
        calls = [(e.name, e.arguments) for e in own if e.kind == "unsaid"]
        if question.kind == "why":
            calls += [(e.name, e.arguments) for e in own if e.is_act]
            calls += [
                call for e in own for i in e.intentions if i.character == who for call in i.then
            ]
        mine = [call for call in calls if words.setting.agent(*call) == who]
        said = {words.to_do(call, who) for call in mine}
        for place, option in enumerate(question.options):
            called = option.removeprefix("To ") if question.kind == "why" else option
            assert place == question.answer or called[:1].lower() + called[1:] not in said


def test_the_letter_is_for_mabel_whoever_reads_it() -> None:
    asking = [q for q in asked("wrong_bench") if q.text.startswith("What did Hugo have in mind")]
    assert [q.options[q.answer] for q in asking] == ["That Mabel would read the letter"]
    assert "That Aunt Agatha would read the letter" in asking[0].options


def strip(found: Questions) -> list[tuple[object, ...]]:
    return [(q.kind, q.minds, q.text, q.options, q.answer, q.places) for q in found]


@pytest.mark.parametrize(("name", "who"), [("night_visit", "Willow"), ("night_visit run", "Tara")])
def test_through_one_mind_all_is_within_it(name: str, who: str) -> None:
    """The same is asked where the chronicle has nothing but what this mind lived."""
    own = lived(story(name).chronicle, who)
    model = story(name).world.model
    telling = tell(own, model, Options(view="limited", through=who))
    assert strip(asked(name, who)) == strip(questions(own, model, telling, MANY)) != []


LEVELS = """
unspoken 1;
entity Ada : character; entity Ben : character; entity Cleo : character;
property loves(who : character, whom : character) : boolean;
property greeted() : boolean;
loves(Ada, Ben); loves(Ada, Cleo);
believes(Ada, believes(Ben, believes(Ada, !loves(Ben, Ada))));
believes(Ada, believes(Ben, loves(Ben, Ada)));
action greet(Ben, Cleo) { effect: greeted(); consenting: Ben; };
utility(): greeted(); utility(Ben): greeted();
thought deep(me : character, other : character) {
    that: believes(other, believes(me, !loves(other, me)) & loves(other, me));
    plain: "{other} [think] {I} [know] nothing";
};
thought shallow(me : character, other : character) {
    that: loves(me, other) & !believes(other, loves(other, other)) & other == Cleo;
    plain: "The weather [be] fine";
};
"""


def level_story() -> tuple[Story, Chronicle]:
    found = unspoken.parse(LEVELS).plan()
    return found, found.chronicle


def test_minds_in_minds_in_minds() -> None:
    found, _ = level_story()
    deep = [q for q in found.questions("Ada", most=MANY) if len(q.minds) == 3]
    stem = "At the beginning, which of these did Ada think that Ben thought that Ada believed?"
    assert [(q.text, q.options[q.answer]) for q in deep] == [(stem, "Ben did not love Ada")]


def test_what_the_words_do_not_carry_is_not_asked() -> None:
    """Nor that somebody does not believe something, nor an own feeling for whom nobody names; and
    a camera's page carries no belief at all."""
    found, chronicle = level_story()
    told = found.questions("Ada", most=MANY)
    assert "The weather was fine" in told.telling.text
    assert not any("Cleo" in q.options[q.answer] for q in told)
    telling = tell(chronicle, found.world.model, Options(view="external"))
    seen = questions(chronicle, found.world.model, telling, MANY)
    assert not any(q.kind in ("believed", "mistaken", "felt", "wanted") for q in seen)


@pytest.mark.parametrize("heads", ["replay", "omniscient", "camera"])
def test_every_way_of_telling_can_be_asked_about(heads: str) -> None:
    found = story("night_visit run").questions(heads=heads, order="flashback", most=MANY)
    for question in found:
        for paragraph, sentence in question.places:
            assert found.telling.paragraphs[paragraph].sentences[sentence].text


def test_a_seed_decides() -> None:
    telling = asked("night_visit").telling
    model, chronicle = story("night_visit").world.model, story("night_visit").chronicle
    orders = set()
    for seed in range(4):
        seeded = replace(telling, options=replace(telling.options, seed=seed))
        orders.add(tuple(q.options for q in questions(chronicle, model, seeded)))
    assert len(orders) == 4
    assert len(questions(chronicle, model, telling, 5)) == 5
