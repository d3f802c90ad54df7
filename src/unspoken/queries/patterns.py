"""What the forms of English questions are made of: ways to say *know*, *see*, *who*.

Texts of regular expressions, for questions that are ``tidied``; in them names are marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from unspoken.queries.query import Head, Query

if TYPE_CHECKING:
    from unspoken.queries.english import English

Matched: TypeAlias = "re.Match[str]"
Make: TypeAlias = Callable[["English", Matched], "Query | None"]
Form: TypeAlias = "tuple[re.Pattern[str], Make]"
Forms: TypeAlias = tuple[tuple[str, Make], ...]

KNOW = r"(?:know|realise|realize|understand)"
THINK = r"(?:think|believe|suspect|suppose|assume)"
HOLDS = r"(?:thinks|thought|believes|believed|suspects|suspected|knows|knew)"
LEARN = (
    r"(?:(?:learn|find out|discover|realise|realize|hear|come to (?:know|learn|think|believe)"
    r"|get to know|know|think|believe|begin to (?:think|believe|know)"
    r"|known|learned|learnt|found out|thought|believed)(?: of it)?)"
)
SEE = r"(?:see|perceive|hear|notice|sense|witness)"
SAW = r"(?:saw|sees|heard|noticed|sensed|witnessed|perceived|has seen)"
SAY = r"(?:say|tell|ask|whisper|answer|reply|confess)"
SEEN = r"(?:see|seen|saw|perceived?|noticed?|heard?|sensed?|witness(?:ed)?)"
PERSON = r"#\d+|she|he|they|her|him"
WHO = rf"(?P<who>{PERSON})"
OTHER = rf"(?P<other>{PERSON})"
THIRD = rf"(?P<third>{PERSON})"
DO = r"(?:do|does|did)"
IS = r"(?:is|was|are|were)"
STILL = r"(?:now |already |still )?"
THAT = r"(?: that| whether| if)?"
WHAT = r"(?P<what>.+)"
ABOUT = r"(?: (?:about|of|as to|regarding) (?P<about>.+))?"
ANYBODY = r"(?:(?:any|some|every|no)(?:one|body)|no one)"
ANYTHING = re.compile(rf"{ANYBODY}|(?:any|some|every)thing|all")
MIND = r"(?:her|his|their) mind"
TOWARDS = r"(?: (?:about|towards?|for) (?P<about>.+))?"
FROM = r"(?: from (?P<about>.+))?"
AMONG = r"(?: (?:of|among|between|to|for) (?P<group>[^:]+?))?"
OMIT = (
    r"(?:not dare(?: to (?:say|do))?|not say|not do|leave unsaid|leave undone|hold back"
    r"|(?:want|wish) to (?:do|say))"
)

FRONTED = re.compile(
    r"(?P<aux>does|do|did|is|are|was|were|has|have|had) "
    r"(?P<subject>#\d+ and #\d+|#\d+(?:'s \w+|(?:, #\d+)*,? or #\d+)?"
    r"|it|there|she|he|they|the \w+|\w+)(?P<rest> .*)?"
)


def turned(text: str) -> str:
    """A question as a statement: *does Tara love Willow*, Tara loves Willow."""
    found = FRONTED.fullmatch(text)
    if found is None:
        return text
    aux, rest = found["aux"], found["rest"] or ""
    if aux in ("does", "do", "did"):
        return found["subject"] + rest
    return f"{found['subject']} {aux}{rest}"


def of_one(head: Head) -> Make:
    """What is asked of one person, perhaps about another, by name alone."""

    def make(english: English, found: Matched) -> Query | None:
        groups = found.groupdict()
        who = english.person(groups.get("who"))
        if who is None and groups.get("who"):
            return None
        about = english.about(groups.get("about"), who)
        return Query(head, (who,) if who else (), about=about)

    return make
