"""English sentences of the kinds that question sets are made of, as statements and questions.

Receives one sentence; hands on what it says, by the first pattern that fits the whole of it, or
None. People's names are one word; others may be several, perhaps with ``the`` before them.
"""

from __future__ import annotations

import re

from unspoken.theory_of_mind.story import Question, QuestionKind

WHO = r"([\w-]+)"
WHAT = r"(?:[Tt]he )?(.+?)"
WHERE = r"(?:[Tt]he )?([^,]+?)"
NAMES = r"((?:[\w-]+(?:, and |, | and ))*[\w-]+)"

STATEMENTS: tuple[tuple[str, str], ...] = (
    (rf"{NAMES} entered {WHERE}", "enter"),
    (rf"{WHO} (?:exited|left) {WHERE}", "exit"),
    (
        rf"{WHO} (?:publicly claimed|claimed publicly|told out loud|said) that {WHAT} (?:is|are) "
        rf"in {WHERE}(?: now)?",
        "say",
    ),
    (
        rf"{WHO} (?:privately told|told privately to) {WHO} that {WHAT} (?:is|are) in "
        rf"{WHERE}(?: now)?",
        "tell",
    ),
    (rf"{WHO} moved {WHAT} to {WHERE}, which is also located in .*", "move"),
    (rf"{WHO} (?:moved|put|placed) {WHAT} (?:to|into|in) {WHERE}", "move"),
    (rf"{NAMES} are in {WHERE}", "are"),
    (rf"{WHAT} (?:is|are) in {WHERE}", "is"),
    (rf"({WHO} (?:likes?|loves?|dislikes?|hates?|saw|lost) .*)", "remark"),
    (rf"({WHO} made no movements .*)", "remark"),
)
SPOKEN = [(re.compile(pattern), kind) for pattern, kind in STATEMENTS]


def listed(names: str) -> list[str]:
    """``Anne, Ben and Cleo``, one by one."""
    return re.split(r", and |, | and ", names)


def statements(sentence: str) -> list[tuple[str, tuple[str, ...]]] | None:
    """What a sentence says: kinds with names; None where it is not understood."""
    said = sentence.strip().rstrip(".")
    for pattern, kind in SPOKEN:
        found = pattern.fullmatch(said)
        if found is None:
            continue
        if kind == "remark":
            return [("remark", (f"{found[1]}.",))]
        words = found.groups()
        if kind in ("enter", "are"):
            each = "is" if kind == "are" else kind
            return [(each, (who, words[1])) for who in listed(words[0])]
        return [(kind, words)]
    return None


ASKED = re.compile(r"(?:Where|In which (room|container)) (?:(is|was)|does|will) (.*?)\?(?: .*)?")
PLAIN = re.compile(rf"{WHAT}(?: (really|now|at the beginning))?")
THINKS = re.compile(rf"{WHO} (?:really )?thinks? (?:that )?(.*)")
SEARCHES = re.compile(rf"{WHO} (?:will )?(?:really )?(?:search|look)(?:es|s)? for {WHAT}")
IS = re.compile(rf"{WHAT} (?:is|was)(?: really| now)?")


def question(sentence: str) -> tuple[Question, bool] | None:
    """What a sentence asks, and whether of the beginning; None where it is not understood."""
    found = ASKED.fullmatch(sentence.strip())
    if found is None:
        return None
    kind: QuestionKind = "room" if found[1] == "room" else "thing"
    if found[2]:
        plainly = PLAIN.fullmatch(found[3])
        early = plainly is not None and plainly[2] == "at the beginning"
        if plainly is None or (found[2] == "was") != early:
            return None
        return Question(kind, (), plainly[1]), early
    minds: list[str] = []
    rest = found[3]
    while thinking := THINKS.fullmatch(rest):
        minds.append(thinking[1])
        rest = thinking[2]
    if searching := SEARCHES.fullmatch(rest):
        return Question(kind, (*minds, searching[1]), searching[2]), False
    if minds and (being := IS.fullmatch(rest)):
        return Question(kind, tuple(minds), being[1]), False
    return None
