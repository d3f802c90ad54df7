"""What a mention is called: pronoun, reflexive, or name. One function decides them all.

A pronoun is licensed, strictly: no entity of its class in reach that it could also mean.

- L1: the entity stands in the same sentence, and no rival does; nor does one in the sentence
  before, unless this one names the entity (*..., she thought*, where she was only *I* so far).
- L2: no entity of the class stands in this sentence yet; the entity stands in the sentence before,
  in the same paragraph, and no rival does.
- L3: the entity is the only one of its class in the world, and has been mentioned in this paragraph
  or the one before.
- L4, the thinker's: in a sentence that gives somebody's thought or reported words, the class
  belongs to that mind, once it has been named since these eyes were taken up (or is, by the
  sentence's tag), as long as no rival came up before it in the sentence, nor alone in the one
  before (*So Willow was only being kind. Tara was glad*).

Of somebody whose pronoun is *they*, everybody is a rival. Whoever tells as *I* is nobody's rival. A
rival that the grammar rules out (the subject of the clause, for an object that is no reflexive) is
none. *Her own* is always the subject's, and needs no licence. In narration the focal mind's first
mention in a paragraph is its name.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import Struct, field

from unspoken.chronicle.events import Fact
from unspoken.model.telling import Pronoun
from unspoken.telling.morph import Person, indefinite, possessive
from unspoken.telling.setting import Setting
from unspoken.telling.template import Case
from unspoken.telling.view import View

PRONOUNS: Mapping[str, Mapping[str, str]] = {
    "she": {"subject": "she", "object": "her", "possessive": "her", "reflexive": "herself"},
    "he": {"subject": "he", "object": "him", "possessive": "his", "reflexive": "himself"},
    "they": {"subject": "they", "object": "them", "possessive": "their", "reflexive": "themselves"},
    "it": {"subject": "it", "object": "it", "possessive": "its", "reflexive": "itself"},
    "I": {"subject": "I", "object": "me", "possessive": "my", "reflexive": "myself"},
    "you": {"subject": "you", "object": "you", "possessive": "your", "reflexive": "yourself"},
}

_ABSOLUTE: Mapping[str, str] = {
    "her": "hers",
    "their": "theirs",
    "my": "mine",
    "your": "yours",
}

_ACQUAINTANCE = ("knows", "acquainted", "has_met", "knows_name")
"""Properties by which a world says whether one knows another's name."""


class Named(Struct, frozen=True, gc=False):
    """The outcome: text, and what agrees with it."""

    text: str
    pronoun: bool
    person: Person
    reflexive: bool = False


class Reach(Struct):
    """Who can be meant: the mentions of this sentence and of the one before it."""

    before: frozenset[str] = frozenset()
    spoken_of: frozenset[str] = frozenset()
    """Mentioned in the sentence before; without whoever's thought it was."""
    here: list[str] = field(default_factory=list)
    named_here: set[str] = field(default_factory=set)
    """Named in this sentence."""
    named: set[str] = field(default_factory=set)
    """Named in this paragraph."""
    anchored: set[str] = field(default_factory=set)
    """Named since these eyes were last taken up."""
    recent: tuple[frozenset[str], set[str]] = field(default_factory=lambda: (frozenset(), set()))
    """Mentioned in the paragraph before, and in this one."""
    familiar: set[str] = field(default_factory=set)
    """Mentioned in this telling."""
    apart: bool = False
    """Whether nothing reaches from one sentence into the next."""

    def end_sentence(self, thinker: str | None) -> None:
        """Whoever's thought it was is in the reader's mind too, named or not; unless somebody else
        was there before it, of whom it does not speak. *Edda told Ida. It was Jasper. She...*"""
        clear = self.before <= {thinker, *self.here}
        self.spoken_of = frozenset(self.here)
        self.before = frozenset((*self.here, thinker) if thinker and clear else self.here)
        self.here, self.named_here = [], set()
        if self.apart:
            self.before, self.spoken_of, self.named = frozenset(), frozenset(), set()

    def end_paragraph(self, *, same_mind: bool) -> None:
        self.before = self.spoken_of = frozenset()
        self.here, self.named_here, self.named = [], set(), set()
        self.recent = frozenset(self.recent[1]), set()
        if not same_mind:
            self.anchored = set()


class Standing(Struct, frozen=True, gc=False):
    """How a mention stands in its sentence. ``absolute``: a possessive with no noun after it
    (*hers*). ``own``: a possessive with *own* after it. ``subjects``: of its clause. ``thinker``:
    whose thought the sentence is, ``tagged`` if it will be named in it. ``speaks_as``: who says
    I here; ``teller``: who does so throughout."""

    case: Case
    absolute: bool = False
    own: bool = False
    subjects: tuple[str, ...] = ()
    thinker: str | None = None
    tagged: bool = False
    focal: str | None = None
    speaks_as: str | None = None
    teller: str | None = None


def refer(
    entity: str, standing: Standing, reach: Reach, view: View | None, setting: Setting
) -> Named:
    """What to call an entity here. Changes nothing; ``note`` records the mention."""
    case = standing.case
    reflexive = case == "object" and entity in standing.subjects
    kind = "reflexive" if reflexive else case
    if entity == standing.speaks_as:
        return Named(_form("I", kind, standing), True, "1s", reflexive)
    pronoun = setting.pronoun(entity)
    bound = reflexive or (standing.own and standing.subjects == (entity,))
    if pronoun is not None and (bound or _licensed(entity, pronoun, standing, reach, setting)):
        person: Person = "p" if pronoun == "they" else "3s"
        return Named(_form(pronoun, kind, standing), True, person, reflexive)
    name = _name(entity, reach, view, setting)
    person = "p" if setting.is_plural(entity) else "3s"
    return Named(possessive(name) if case == "possessive" else name, False, person)


def _form(pronoun: str, kind: str, standing: Standing) -> str:
    form = PRONOUNS[pronoun][kind]
    return _ABSOLUTE.get(form, form) if kind == "possessive" and standing.absolute else form


def note(entity: str, named: Named, reach: Reach) -> None:
    """Records a mention."""
    reach.here.append(entity)
    reach.recent[1].add(entity)
    reach.familiar.add(entity)
    if not named.pronoun:
        reach.named_here.add(entity)
        reach.named.add(entity)
        reach.anchored.add(entity)


def _licensed(
    entity: str, pronoun: Pronoun, standing: Standing, reach: Reach, setting: Setting
) -> bool:
    ruled_out = standing.subjects if standing.case == "object" else ()
    may_be, teller = setting.may_be_called, standing.teller

    def of_class(mentioned: Collection[str]) -> set[str]:
        return {e for e in mentioned if e != teller and may_be(e, pronoun)}

    here = of_class(reach.here).difference(ruled_out)
    thinker = standing.thinker if standing.thinker != teller else None
    if entity == thinker:
        first = entity in reach.here or here <= {entity}
        others = entity not in reach.spoken_of and not of_class(reach.spoken_of) <= {*ruled_out}
        clear = entity in reach.anchored and (entity in reach.here or not others)
        return first and (clear or standing.tagged)
    if entity == standing.focal and entity not in reach.named:
        return False
    if here:
        clear = entity in reach.named_here or of_class(reach.before) <= {entity}
        return here == {entity} and clear
    if thinker is not None and setting.pronoun(thinker) == pronoun and thinker not in ruled_out:
        return False
    if of_class(reach.before) == {entity}:
        return True
    everyone = of_class(setting.characters)
    near = reach.recent[0] | reach.recent[1]
    return everyone == {entity} and entity in near and not reach.apart


def _name(entity: str, reach: Reach, view: View | None, setting: Setting) -> str:
    """The name, or what this mind calls what it cannot name, or *a* lamp, if it is new."""
    voice = setting.voice(entity)
    if voice is not None and voice.known_as and view is not None:
        known_as = dict(voice.known_as)
        if view.mind is not None and view.mind in known_as:
            return known_as[view.mind]
        if "stranger" in known_as and _is_stranger(view, entity):
            return known_as["stranger"]
    new = setting.indefinite_name(entity)
    if new is not None and entity not in reach.familiar:
        return indefinite(new)
    return setting.name(entity)


def _is_stranger(view: View, entity: str) -> bool:
    """Whether the world says that this mind does not know who that is."""
    if view.mind is None or view.mind == entity:
        return False
    for name in _ACQUAINTANCE:
        try:
            if view.value((view.mind,), Fact(name, (view.mind, entity))) is False:
                return True
        except KeyError:
            continue
    return False
