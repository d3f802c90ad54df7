"""Every message that no world alone provokes, provoked from outside: by a command or in Python.

The messages that a world provokes are held to it by ``tests/language/test_messages.py``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from msgspec import Struct, field
from msgspec.structs import replace

import unspoken
from tests.faces.conftest import Unspoken
from unspoken import DiagnosticError, files
from unspoken.language.build import World, character, number
from unspoken.language.diagnostics import codes, definition
from unspoken.planning import Demands, Keep, read_plan
from unspoken.planning.demands import numbered
from unspoken.planning.replay import replay


class Wrong(Struct, frozen=True):
    """A command that ends with this exit code, in a folder that also has these files."""

    words: str
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    exit: int = 1


LONG = """\
unspoken 1; entity Ada : character; property done() : boolean;
action wave(Ada) { effect: done(); consenting: Ada; };
utility(): done(); utility(Ada): done();
frame wave(who : character) { text: "{who} [wave] to all who [be] there, and some who [be not]"; };
"""


def purse(*, effect: str = "coins() + 1", more: str = "utility(): coins();") -> Wrong:
    """A small world planned, with something wrong in it that only shows on the way."""
    world = f"""\
unspoken 1; entity Ada : character; property coins() : number; coins() = 0;
action find() {{ effect: coins() = {effect}; }};
{more}"""
    return Wrong("plan purse.story --author-limit 2", {"purse.story": world})


def stated(plan: str, demands: str = "") -> Wrong:
    """A plan replayed."""
    return Wrong(f"replay letter.story a.plan {demands}", {"a.plan": plan})


def saved(text: str, words: str = "tell a.json") -> Wrong:
    """A chronicle told."""
    return Wrong(words, {"a.json": text})


def worded(section: str) -> Wrong:
    """A small world with something wrong in how it is to be told."""
    world = f"""\
unspoken 1; entity Ada : character;
property lit() : boolean;
action light(who : character) {{ precondition: !lit(); effect: lit(); consenting: who; }};
action dusk() {{ precondition: lit(); effect: !lit(); }};
utility(): if(lit()) 1 else 0;
{section}"""
    return Wrong("check lamp.story", {"lamp.story": world}, exit=0)


SECRET = """\
unspoken 1; entity Ada : character; entity Ben : character;
property loves(who : character, whom : character) : boolean;
loves(Ada, Ben);
action sigh(Ada) { effect: believes(Ben, loves(Ada, Ben)); consenting: Ada; };
norm hidden(who : character, other : character) {
  against: lose_face; shows: loves(who, other); before: other; weight: 1;
};
"""

CONFESSION = """\
confess(Ben, Ada)
| embrace(Ada, Ben)
| | goal(Ada, together())
| goal(Ben, together())
"""
WHOLE = f"""\
find_letter(Ben)
{CONFESSION}embrace(Ada, Ben)
| goal(Ada, together())
| goal(Ben, together())
goal(together())
"""
NO_REASONS = "find_letter(Ben)\nconfess(Ben, Ada)\nembrace(Ada, Ben)\n"
NOBODYS = (
    '{"unspoken_chronicle": 1, "world": "lost", "source": null, "seed": 0, "depth": 3, '
    '"characters": [], "entities": [], "beginning": [], "events": []}'
)

LEDGER = """\
people: Ada
chapter 1
scene: Hall
present: Ada
happens: the lamp falls
"""


def asserting(test: str, words: str = "test tested.story", exit: int = 1) -> Wrong:
    """A world with a test in it, tested."""
    world = f"""\
unspoken 1; entity Ada : character; property n() : number; n() = 0;
action count() {{ effect: n() = n() + 1; }}; utility(): if(n() >= 1) 1 else 0;
test "Ada counts" {{ {test} }};
"""
    files = {"tested.story": world}
    if "acts" in test or exit == 0:
        files["tested.blessed/ada-counts/acts.txt"] = "wait()\n"
    return Wrong(words, files, exit)


COMMANDS = {
    "blessed-by-nobody": asserting("at_end: n() == 1;", exit=0),
    "blessed-differs": asserting("blessed: acts;"),
    "claim-broken": asserting("at_end: n() == 2;"),
    "never-blessed": asserting("blessed: alternate;"),
    "no-story-to-test": asserting("goal: 2; within: 3; at_end: n() == 2;"),
    "no-such-test": asserting("at_end: n() == 1;", "test tested.story --only Ben", exit=2),
    "no-tests": Wrong("test letter.story", exit=2),
    "not-a-test": Wrong("check letter.tests", {"letter.tests": "entity Eve : character;"}),
    "not-settled": asserting("impossible: n() == -1;", "test tested.story --seconds 0.2"),
    "share-unmet": asserting("over: runs 2; rounds: 1; at_end: n() == 1; in: none;"),
    "shipped-story": Wrong("test paste_diamonds --bless", exit=2),
    "act-for-fact": Wrong("bridge letter.story --scene together() --keep embrace"),
    "acts-after-goal": stated(f"{WHOLE}find_letter(Ben)\n"),
    "author-act-expected": stated(WHOLE.replace("| embrace", "| find_letter(Ben)\n| embrace", 1)),
    "author-utility-unknown": purse(more="coins() = ?; utility(): coins();"),
    "author-wants-nothing": purse(more=""),
    "bad-option": Wrong("plan letter.story --author-limit 0", exit=2),
    "chronicle-of-another-world": saved(NOBODYS, "tell a.json --world letter.story"),
    "beyond-the-story": Wrong("why-not letter.story confess(Ada,Ben) --after 9"),
    "chronicle-without-world": saved(NOBODYS),
    "contradictory-effect": purse(effect="1 & coins() = 2"),
    "damaged-chronicle": saved('{"unspoken_chronicle": 1}'),
    "demand-unmet": stated(WHOLE, "--through loves(Ben,Ben)"),
    "division-by-zero": purse(effect="1 / coins()"),
    "empty-plan": stated("// nothing happens\n"),
    "endless-triggers": purse(
        more="utility(): coins();"
        "trigger earn() { precondition: coins() >= 1; effect: coins() = coins() + 1; };"
    ),
    "file-exists": Wrong("new letter", exit=2),
    "nothing-possible": purse(more="utility(): coins(); possible(1 == 2 & coins() = 1);"),
    "too-many-worlds": purse(
        more="utility(): coins();" + "possible(coins() = 0 | coins() = 1);" * 13
    ),
    "first-person-of-many": Wrong("tell letter.story --person first", exit=2),
    "folder-without-world": Wrong("check notes", {"notes/ideas": ""}, exit=2),
    "inflected-verb": worded('frame light(who : character) { text: "{who} [lit] it"; };'),
    "unknown-feeling": worded('voice Ada { gloss dred: "one hand flat on the page"; };'),
    "hidden-from-nobody": Wrong("check secret.story", {"secret.story": SECRET}, exit=0),
    "nobody-in-it": Wrong("check empty.story", {"empty.story": "unspoken 1;\n"}, exit=0),
    "unknown-verb": worded('frame light(who : character) { text: "{who} [konck] on it"; };'),
    "first-person-gist": worded('speech light(a : character) { gist: "say it of {me}"; };'),
    "broken-text": worded('frame light(a : character) { text: "{a} [light it"; };'),
    "frame-never-used": worded(
        'frame light(a : character) { needs: lit(); text: "{a} [light] it"; };'
    ),
    "frame-without-agent": worded('frame dusk() { who: agent; text: "It [get] dark"; };'),
    "frame-for-agent-alone": worded(
        'frame light(a : character) { text: "{a} [light] it at noon"; };'
    ),
    "thought-never-had": worded(
        'thought odd(me : character) { that: lit() & !lit(); plain: "{I} [see]"; };'
    ),
    "forbidden-act": stated(WHOLE, "--never embrace"),
    "heads-and-through": Wrong("tell letter.story --heads camera --through Ben", exit=2),
    "hindsight-of-nobody": Wrong("tell letter.story --hindsight", exit=2),
    "impossible-act": stated("embrace(Ada, Ben)\n"),
    "is-a-folder": Wrong("fmt notes", {"notes/ideas": ""}, exit=2),
    "newer-chronicle": saved('{"unspoken_chronicle": 99}'),
    "no-scene": Wrong("bridge letter.story", exit=2),
    "no-such-scene": Wrong(
        "bridge letter.story between.scenes",
        {"between.scenes": 'scene "A": together();\nkeep after "B": together();\n'},
    ),
    "not-written-over": Wrong("tell letter.story --save letter.story", exit=2),
    "nothing-points-back": Wrong("tell letter.story --through Ada --order flashback", exit=0),
    "nothing-to-ask": Wrong(
        "export long.story --questions --as text", {"long.story": LONG}, exit=0
    ),
    "nothing-happened": Wrong("infer letter.story", exit=2),
    "ledger-is-no-world": Wrong("tell novel.ledger", {"novel.ledger": LEDGER}, exit=2),
    "no-ledger": Wrong("matrix letter.story", exit=2),
    "no-such-chapter": Wrong("matrix a.ledger --chapter 7", {"a.ledger": LEDGER}, exit=2),
    "no-such-fact": Wrong("matrix a.ledger --facts letter", {"a.ledger": LEDGER}, exit=2),
    "needs-a-file": Wrong("export letter.story --as epub", exit=2),
    "no-endpoint": Wrong("tell letter.story --rewrite localhost --model m", exit=2),
    "not-cached": Wrong(
        "tell long.story --rewrite http://a.b --model m --cache answers --cached-only",
        {"long.story": LONG},
        exit=2,
    ),
    "no-rise": stated("find_letter(Ben)\n"),
    "no-such-file": Wrong("check leter.story", exit=2),
    "no-such-format": Wrong("export letter.story --as fountian", exit=2),
    "no-such-template": Wrong("new mine --template leter", exit=2),
    "nobody-of-that-name": Wrong("tell letter.story --through Bem", exit=2),
    "question-not-understood": Wrong("ask letter.story hm?"),
    "nobody-to-play": Wrong("play letter.story", exit=2),
    "not-a-chronicle": saved("{}"),
    "not-a-number": purse(effect=f"(coins() + 10) * 1{'0' * 308}"),
    "not-a-text": Wrong("check odd.story", {"odd.story": b"\x7fELF\0"}),
    "not-in-the-story": Wrong("plan letter.story --why confess(Ada,Ben)", exit=2),
    "not-an-act": stated("find_letter\n"),
    "not-one-act": Wrong("why-not letter.story confess"),
    "not-minimal": stated(f"find_letter(Ben)\n{WHOLE}"),
    "not-to-the-goal": Wrong("tell letter.story --goal 7 --author-limit 3"),
    "not-utf-8": Wrong("check odd.story", {"odd.story": "type café;".encode("latin-1")}),
    "nothing-to-tell": Wrong("tell letter.story --author-limit 1"),
    "reason-not-closed": stated("confess(Ben, Ada)\n| embrace(Ada, Ben)\n"),
    "reason-of-nobody": stated(CONFESSION.replace("goal(Ben", "goal(Bem")),
    "stray-bars": stated("| find_letter(Ben)\n"),
    "superfluous-reason": stated(WHOLE.replace("(Ben)\n", "(Ben)\n| goal(Ben, together())\n", 1)),
    "unclear-format": Wrong("export letter.story --output letter.docx", exit=2),
    "unexplained-act": stated(NO_REASONS),
    "unknown-act": stated("elope(Ada, Ben)\n"),
    "unreadable-file": Wrong("fmt letter.story/chapter", exit=2),
    "unwritable-file": Wrong("tell letter.story --save nowhere/a.json", exit=2),
}

coins = World("purse").property("coins", returns=number)


def demanded(*patterns: str) -> Callable[[], object]:
    """Acts demanded of a story."""
    return lambda: numbered(unspoken.load("letter.story").ground, Demands(must=patterns))


def kept(fact: str) -> Callable[[], object]:
    """A plan judged by a fact that it contradicts."""

    def judged() -> None:
        ground = unspoken.load("letter.story").ground
        plan, _ = read_plan(WHOLE)
        assert plan is not None
        verdict = replay(ground, plan, Demands(keep=(Keep(fact),)))
        assert verdict.fault is not None
        raise DiagnosticError([verdict.fault])

    return judged


CELLAR = """unspoken 1;
type place; entity Hall : place; entity Cellar : place;
entity Ada : character;
property at(who : character) : place;
at(Ada) = Hall;
action descend(who : character) { effect: at(who) = Cellar; consenting: who; };
wish wine(Ada) { wants: at(Ada) == Cellar; weight: 1; };
"""


FLOORS = (
    CELLAR.replace(": place;\nat", ": number;\nat")
    .replace("= Hall", "= 1")
    .replace("= Cellar", "= 2")
)


def next_chapter(changed: str) -> Callable[[], object]:
    """A story gone on with in a world that has changed since."""

    def going_on() -> object:
        first = unspoken.parse(CELLAR).run(rounds=1)
        return unspoken.parse(changed).run(start=first)

    return going_on


def later_chapter() -> unspoken.Story:
    """A run that goes on from another."""
    world = unspoken.parse(CELLAR)
    return world.run(rounds=1, start=world.run(rounds=1))


def badly_ended() -> unspoken.Story:
    """A run whose end cannot be read."""
    story = unspoken.parse(CELLAR).run(rounds=1)
    ending = {**(story.chronicle.ending or {}), "state": []}
    return story.world.retell(replace(story.chronicle, ending=ending))


TOGETHER = LEDGER.replace("Ada", "Ada, Ben")


IN_PYTHON: Mapping[str, Callable[[], object]] = {
    "act-never-possible": demanded("confess(Ben, Ben)"),
    "no-act-with-argument": demanded("find_letter(Ada)"),
    "no-such-action": demanded("elope"),
    "not-a-pattern": demanded("confess(Ben"),
    "pattern-arguments": demanded("confess(Ben)"),
    "too-many-demands": demanded(*["confess"] * 33),
    "beyond-reach": next_chapter(FLOORS),
    "vanished-entity": next_chapter(CELLAR.replace("Cellar", "Attic")),
    "no-ending": lambda: (world := unspoken.load("letter.story")).resume(world.plan()),
    "damaged-ending": lambda: badly_ended().final,
    "bad-name": lambda: World("purse").entity("Miss Ada", character),
    "changed-underneath": lambda: files.rewrite(Path("letter.story"), b"as it was", b"formatted"),
    "contradicted-fact": kept("!together()"),
    "foreign-value": lambda: coins() == {},
    "no-such-time": lambda: unspoken.load("letter.story").plan().ask("wrong() after 9"),
    "minds-not-followed": lambda: unspoken.parse_ledger(TOGETHER).ask(
        'believes(Ada, believes(Ben, believes(Ada, "the lamp falls")))'
    ),
    "not-gone-through-again": lambda: later_chapter().ask("now(Ada) at the beginning"),
    "no-such-fluent": lambda: unspoken.load("letter.story").plan().minds("Ada").value("love(Ada)"),
    "truth-of-expression": lambda: coins() > 1 and coins() < 3,
}

NOT_HERE = {
    "possible-worlds": "whoever refuses such worlds says so before the engine is asked",
    "too-many-states": "billions of states fill more memory than a test may have",
    "unwritable-output": "test_main.py does, in a process whose output is a full disk",
}
"""Why no row provokes these."""


def test_every_message_is_provoked() -> None:
    provoked = [*COMMANDS, *IN_PYTHON, *NOT_HERE]
    assert sorted(provoked) == [code for code in codes() if definition(code).provoked_by]


@pytest.mark.parametrize("code", COMMANDS)
def test_a_command_provokes_it(unspoken: Unspoken, folder: Path, code: str) -> None:
    wrong = COMMANDS[code]
    for name, content in wrong.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = everything(folder)
    said = unspoken(*wrong.words.split())
    assert said.code == wrong.exit
    is_said(code, said.out + said.err)
    data = unspoken(*wrong.words.split(), "--json")
    assert data.code == wrong.exit
    assert list(codes_in(json.loads(data.out))) == [code]
    assert data.err == ""
    assert everything(folder) == before, "nothing was written"


@pytest.mark.parametrize("code", IN_PYTHON)
def test_python_provokes_it(folder: Path, code: str) -> None:
    before = everything(folder)
    with pytest.raises(DiagnosticError) as raised:
        IN_PYTHON[code]()
    assert [diagnostic.code for diagnostic in raised.value.diagnostics] == [code]
    is_said(code, str(raised.value))
    assert everything(folder) == before, "nothing was written"


def is_said(code: str, text: str) -> None:
    """The message stands at the start of a line, with its facts filled in."""
    words = definition(code)
    pattern = re.sub(r"\\\{[\w:]+\\\}", "(.+)", re.escape(words.message))
    found = re.search(f"^{words.severity}: {pattern}$", text, re.MULTILINE)
    assert found, text
    assert not {"?", "None"} & set(found.groups()), "a fact was missing"


def codes_in(data: object) -> Iterator[str]:
    """The codes of the diagnostics in what a command prints as JSON."""
    if isinstance(data, dict):
        if "severity" in data:
            yield data["code"]
        data = list(data.values())
    if isinstance(data, list):
        for part in data:
            yield from codes_in(part)


def everything(folder: Path) -> dict[str, bytes | None]:
    """Every file and folder in here, with what is in it."""
    return {str(path): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}
