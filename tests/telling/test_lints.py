"""What is pointed out in how a world is to be told, and what is not."""

from __future__ import annotations

import pytest

import unspoken
from unspoken.sources import shipped
from unspoken.telling.lints import lint

WORLD = """\
unspoken 1;
entity Ada : character; entity Ben : character;
property lit() : boolean; property heard() : boolean;
action light(who : character) { precondition: !lit(); effect: lit(); consenting: who; };
action hum(who : character) {
    precondition: lit(); effect: heard(); consenting: who;
    observing(c : character): c == who;
};
action dusk() { precondition: lit(); effect: !lit(); };
action blush(who : character) { effect: heard(); };
tell blush(who : character) { of: who; shows: joy; };
utility(): if(lit()) 1 else 0;
"""


def codes(sections: str) -> list[str]:
    return [one.code for one in lint(unspoken.parse(WORLD + sections).model)]


@pytest.mark.parametrize(
    "text",
    [
        "{who} [light] it and [wave]",
        "{who} [stack] the plates",  # not misspelt: another verb
        "{who} [yeet] it, [focus], [harass], [hmm], [canvas], [waltz], [embed], [tsk], [bias]",
        "{who} [be bend] over it, [don't] move, [would have go]",
        "{who} [went!] on",
        "{who} [past oil] it",
    ],
)
def test_good_verbs(text: str) -> None:
    assert codes(f'frame light(who : character) {{ who: agent; text: "{text}"; }};') == []


@pytest.mark.parametrize(
    "verb",
    [
        *("lights", "lit", "waving", "was", "waved", "went up", "spoken"),
        *("breks", "yeeted", "yeeting", "doesnt"),  # of none that is known
    ],
)
def test_verbs_that_are_inflected_already(verb: str) -> None:
    section = f'frame light(who : character) {{ who: agent; text: "{{who}} [{verb}] it"; }};'
    assert codes(section) == ["inflected-verb"]


@pytest.mark.parametrize("verb", ["ligth", "wwave", "konck", "breakz", "xqzt", "qwave", "wavvve"])
def test_verbs_that_look_misspelt(verb: str) -> None:
    section = f'frame light(who : character) {{ who: agent; text: "{{who}} [{verb}] it"; }};'
    assert codes(section) == ["unknown-verb"]


@pytest.mark.parametrize(
    ("gist", "found"),
    [
        ("ask {b} whether {b} [will marry] {a}", []),
        ("tell {b} that {a} [like] {you}", []),
        ("ask {b} to marry {me}", ["first-person-gist"]),
        ("tell {b} that {I} [like] {b}", ["first-person-gist"]),
    ],
)
def test_nobody_says_i_in_a_gist(gist: str, found: list[str]) -> None:
    act = "action ask(a : character, b : character) { effect: heard(); consenting: a; };"
    assert codes(f'{act} speech ask(a : character, b : character) {{ gist: "{gist}"; }};') == found


def test_the_verbs_by_which_acts_are_called_are_known() -> None:
    world = WORLD.replace("action hum(", "action wwave(")
    section = 'frame wwave(who : character) { who: agent; text: "{who} [wwave]"; };'
    assert lint(unspoken.parse(world + section).model) == []


LATE = 'text: "{who} [light] it, for it [be] late already";'


@pytest.mark.parametrize(
    "sections",
    [
        f"frame light(who : character) {{ who: agent; {LATE} }};",
        f"frame light(who : character) {{ needs: !heard(); {LATE} }};",
        f"frame light(who : character) {{ {LATE} }};"
        'frame light(who : character) { who: witness; text: "{who} [light] it"; };',
        f"frame light(who : character) {{ {LATE} }};"
        'frame light(who : character) { text: "{who} [light] it"; };',
        'frame light(who : character) { text: "“It was late already,” {who} [say]"; };',
        # Of these, nobody else sees anything; and what nobody does may be told in any words.
        'frame hum(who : character) { text: "{who} [hum], for it [be] late already"; };',
        'frame dusk() { text: "It [get] dark, earlier than yesterday"; };',
    ],
)
def test_coloured_words_that_are_where_they_belong(sections: str) -> None:
    assert codes(sections) == []


def test_coloured_words_that_whoever_looks_on_will_miss() -> None:
    assert codes(f"frame light(who : character) {{ {LATE} }};") == ["frame-for-agent-alone"]


def test_an_agent_is_who_does_it_or_is_betrayed() -> None:
    assert codes('frame blush(who : character) { who: agent; text: "{who} [go] red"; };') == []
    assert codes('frame dusk() { who: agent; text: "It [get] dark"; };') == ["frame-without-agent"]


@pytest.mark.parametrize("needs", ["lit()", "heard() & !heard()", "heard(), lit()"])
def test_frames_that_can_never_be_used(needs: str) -> None:
    section = f'frame light(a : character) {{ needs: {needs}; text: "{{a}} [light] it"; }};'
    assert codes(section) == ["frame-never-used"]
    assert codes(section.replace("light(", "hum(").replace("lit()", "heard()")) == (
        ["frame-never-used"] if "!" in needs else []
    )


@pytest.mark.parametrize("text", ["{who} [light it", "{who} light] it", "{who} [] it", " "])
def test_texts_with_half_a_bracket_or_nothing_in_them(text: str) -> None:
    section = f'frame light(who : character) {{ who: agent; text: "{text}"; }};'
    assert codes(section) == ["broken-text"]


def test_a_thought_that_contradicts_itself() -> None:
    section = 'thought odd(me : character) { that: lit() & !heard(); plain: "{I} [see]"; };'
    assert codes(section) == []
    assert codes(section.replace("!heard()", "!lit()")) == ["thought-never-had"]


@pytest.mark.parametrize("name", shipped())
def test_nothing_is_to_be_said_of_what_is_shipped(name: str) -> None:
    assert lint(unspoken.load(name).model) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("gloss dread", []),
        ("gloss unspoken", []),
        ("gloss refusal", []),
        ("inside fears_confirmed", []),
        ("gloss dred", ["unknown-feeling"]),
        ("inside unspoken", ["unknown-feeling"]),
    ],
)
def test_glosses_are_of_what_can_be_felt_or_shown(words: str, found: list[str]) -> None:
    assert codes(f'voice Ada {{ {words}: "one hand flat on the page"; }};') == found
