"""How it is told that something shows: acts of the author's that betray a feeling.

Where the author gave no frame. Whoever sees it is told what can be seen, and nothing of what it
means; the one who is betrayed, what it is like.
"""

from __future__ import annotations

from collections.abc import Mapping

from unspoken.telling.choosing import Choice, Choices
from unspoken.telling.feelings import Texts, read
from unspoken.telling.plan import Piece, SentencePlan, Unit
from unspoken.telling.setting import split_name
from unspoken.telling.template import EXPERIENCER, parse
from unspoken.telling.view import Item
from unspoken.telling.wording import act_wording

SHOWN: Mapping[str, Texts] = read("""
beam:
  {agent's} whole face [open]
  {agent} [beam]
bite lip:
  {agent} [bite] {agent's} lip
  {agent} [catch] {agent's} lip between {agent's} teeth
blanch:
  The colour [go] out of {agent's} face
  {agent} [go] white
blink:
  {agent} [blink], and [blink] again
blush:
  The colour [come] up in {agent's} face
  {agent} [go] pink to the ears
  {agent} [blush]
brighten:
  {agent's} face [clear]
  {agent} [look] up, brighter
clench fists:
  {agent's} fists [close]
cry:
  {agent's} eyes [fill]
  {agent} [be] crying
fidget:
  {agent's} fingers [look] for something to do
  {agent} [fidget]
  {agent} [shift], and [shift] back
flinch:
  {agent} [flinch]
  It [go] across {agent's} face and [be] gone
freeze:
  {agent} [go] still
frown:
  A line [come] between {agent's} brows
  {agent} [frown]
gasp:
  {agent's} breath [catch]
  {agent} [gasp]
glow:
  {agent} [glow]
go pale:
  The colour [go] out of {agent's} face
  {agent} [go] pale
go quiet:
  {agent} [go] quiet
grin:
  {agent} [grin]
  A grin [get] out across {agent's} face
look away:
  {agent} [look] away
  {agent's} eyes [slide] off to one side
look down:
  {agent's} eyes [go] to the floor
  {agent} [look] down
pale:
  The colour [go] out of {agent's} face
  {agent} [turn] pale
scowl:
  {agent} [scowl]
shake:
  {agent's} hands [shake]
shiver:
  {agent} [shiver]
sigh:
  {agent} [sigh]
  A sigh [get] away from {agent}
smile:
  {agent} [smile]
  One corner of {agent's} mouth [go] up
sob:
  {agent's} breath [break]
stammer:
  {agent} [trip] over {agent's} own tongue
stare:
  {agent} [stare]
start:
  {agent} [start]
stiffen:
  {agent's} back [go] stiff
swallow:
  {agent} [swallow]
sweat:
  There [be] sweat on {agent's} lip
tear:
  A tear [get] away from {agent}
tremble:
  {agent's} hands [be not] quite steady
  {agent} [tremble]
twitch:
  Something [twitch] in {agent's} cheek
weep:
  {agent's} eyes [run] over
  {agent} [weep]
wince:
  {agent} [wince]
wring hands:
  {agent's} hands [wring] each other
""")
"""How what betrays a feeling looks to anybody, by the words of the action's name."""

FELT: Mapping[str, Texts] = read("""
beam:
  There [be] no keeping it off {agent's} face
blanch:
  The blood [go] out of {agent's} face
blush:
  Heat [climb] {agent's} neck
  {agent} [feel] {agent's} face go hot
  {agent's} face [be] burning, and that [be] surely to be seen
brighten:
  Something [get] out into {agent's} face
glow:
  There [be] no keeping it off {agent's} face
go pale:
  The blood [go] out of {agent's} face
pale:
  The blood [go] out of {agent's} face
  {agent's} face [be] cold, suddenly
smile:
  {agent} [smile], and [have not decide] to
  It [get] out at the corner of {agent's} mouth
tear:
  A tear [get] away from {agent}
tremble:
  {agent's} hands [tremble], and [will not] be told
""")
"""The same from inside, where one does not see oneself."""


def tell(unit: Unit, act: Item, choices: Choices) -> SentencePlan | None:
    """The sentence for an act that betrays somebody; None if it is no such act. The author's
    ``gloss`` of any feeling that the act may show goes beside it, for those who look on: which of
    them it is, they do not know, and neither does this."""
    found = choices.setting.betrays(act.name, act.arguments)
    if found is None:
        return None
    who, feelings = found
    name = " ".join(split_name(act.name)).lower()
    texts = (FELT.get(name, ()) if unit.mind == who else ()) or SHOWN.get(name, ())
    if not texts:
        texts = (act_wording(act.name, (who,), (who,), choices.setting).text,)
    gloss = None if unit.mind == who else _gloss(unit, act, who, feelings, choices)
    if gloss is not None:
        # A phrase hangs on the one who shows it.
        texts = tuple(text for text in texts if text.startswith("{agent} ")) or texts
    ways: list[Choice] = [(f"tell {name}.{i}", (text, {})) for i, text in enumerate(texts)]
    frame, (text, _) = choices.least_used(ways, "tell", unit.mind, act.id)
    if gloss is not None:
        text = gloss if parse(gloss)[0].is_finite else f"{text}, {gloss}"
    piece = Piece("narration", parse(text)[0], {"agent": who, EXPERIENCER: who})
    return SentencePlan("NV", frame, (piece,), unit.mind, (act.id,))


def _gloss(unit: Unit, act: Item, who: str, feelings: Texts, choices: Choices) -> str | None:
    """One of the author's glosses, each once: a phrase, or a sentence of its own."""
    voice = choices.setting.voice(who)
    given = [g for word, texts in (voice.gloss if voice else ()) if word in feelings for g in texts]
    ways: list[Choice] = [(f"gloss {who}.{gloss}", (gloss, {})) for gloss in dict.fromkeys(given)]
    unused = [way for way in ways if not choices.used[way[0]]]
    if not unused:
        return None
    frame, (gloss, _) = choices.least_used(unused, "gloss", unit.mind, act.id)
    choices.used[frame] += 1
    return gloss
