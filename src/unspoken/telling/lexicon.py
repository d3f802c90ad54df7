"""Everyday English for worlds whose authors wrote no frames: acts, laws and properties by name.

Data in the template language. Acts are looked up by their name's words; the first pattern all of
whose roles are filled is used. Roles of an act: ``agent``, ``other`` and ``third`` (characters
after the agent), ``thing`` and ``second``, ``from``, ``to``, ``place``.
"""

from __future__ import annotations

from collections.abc import Mapping

from unspoken.telling.verbs import words

_ACTS = """
accept: [accept] {other}
accuse: [accuse] {other} of taking {thing} | [accuse] {other}
admit: [admit] it to {other} | [admit] it
anger: [anger] {other}
appear threatening: [menace] {other} | [look] threatening
approach: [approach] {other} | [approach] {thing} | [approach] {place}
arrest: [arrest] {other} | [make] an arrest
ask: [ask] {other} about {thing} | [ask] {other} a question | [ask] a question
attack: [attack] {other}
begin erupt: [begin] to erupt
betray: [betray] {other}
borrow: [borrow] {thing} from {other} | [borrow] {thing}
break news: [break] the news to {other} | [break] the news
bribe: [bribe] {other} with {thing} | [bribe] {other}
award: [award] {other} {thing} | [award] {other} a prize
blush: [blush] at {other} | [blush]
bring: [bring] {thing} to {other} | [bring] {other} {thing} | [bring] {thing} to {place}
brush hands: [brush] hands with {other} | [brush] hands
buy: [buy] {thing} from {other} | [buy] {thing}
call: [call] {other} | [call] out
chat: [chat] with {other}
climb: [climb] from {from} to {to} | [climb] {thing} | [climb] to {place}
close: [close] {thing}
close eyes: [close] {agent's} eyes
coerce: [coerce] {other} into fetching {thing} | [coerce] {other}
command: [command] {other}
command bring: [command] {other} to bring {thing}
command kill: [command] {other} to kill {third}
command love: [command] {other} to win {third's} heart
complain: [complain] to {other} | [complain]
confide: [confide] in {other} | [confide]
confess: [confess] to {other} | [confess]
cup cheek: [cup] {other's} cheek
dance: [dance] with {other} | [dance]
declare: [declare] {agent's} love to {other}
decide to eat: [decide] to find something to eat
decide to get money: [decide] to get hold of some money
descend: [go] down from {from} to {to} | [go] down to {place}
dig: [dig up] {thing} | [dig]
draw aside: [draw] {other} aside | [draw] aside
draw: [draw] {thing}
drop: [drop] {thing}
dry eyes: [dry] {agent's} eyes
eat: [eat] {other} | [eat] {thing}
enter: [enter] {to} | [enter] {place} | [go] in
escape: [escape] from {from} to {to} | [escape] from {place} | [escape]
examine: [examine] {thing} | [examine] {other}
exit: [leave] {from} | [leave] {place} | [go] out
fall in love: [fall] in love with {other} | [fall] in love
find: [find] {thing} | [find] {other}
follow: [follow] {other} to {to} | [follow] {other}
forgive: [forgive] {other}
free: [free] {other}
get hungry: [grow] hungry
give: [give] {thing} to {other} | [give] {other} {thing}
give back: [give] {thing} back to {other}
go: [go] from {from} to {to} | [go] to {to} | [go] to {place}
greet: [greet] {other}
hand: [hand] {thing} to {other}
hide: [hide] {thing} in {place} | [hide] {thing} | [hide]
hit: [hit] {other} with {thing} | [hit] {other}
hurt: [hurt] {other}
introduce: [introduce] {other} to {third}
invite: [invite] {other} to {place} | [invite] {other} in
join hands: [join] hands with {other} | [join] hands
kill: [kill] {other} with {thing} | [kill] {other}
kiss: [kiss] {other}
knock: [knock] at {thing} | [knock]
laugh: [laugh] at {other} | [laugh]
leave: [leave] {from} for {to} | [leave] {from} | [leave] {place} | [leave] {other} | [leave]
lie: [tell] {other} a lie | [lie]
lie about: [tell] {other} a lie about {thing} | [tell] {other} a lie | [tell] a lie about {thing}
lie by: [lie] by {other} | [lie]
lie with: [lie] with {other} | [lie]
listen: [listen] to {other} | [listen]
load: [load] {thing} with {second} | [load] {thing}
lock: [lock] {thing}
lock up: [lock up] {other}
look up: [look] up at {other}
look: [look] at {other} | [look] at {thing} | [look] round
lose: [lose] {thing}
love spell: [cast] a spell of love on {other}
make peace: [make] peace with {other} | [make] peace
march: [march] from {from} to {to} | [march] to {place}
marry: [marry] {other}
meet: [meet] {other} in {place} | [meet] {other}
move: [move] from {from} to {to} | [move] {thing} to {to} | [move] to {to} | [move]
move closer: [move] closer to {other} | [move] closer
murder: [murder] {other} with {thing} | [murder] {other}
nod: [nod] at {other} | [nod]
offer: [offer] {other} {thing} | [offer] {thing}
open: [open] {thing}
order: [order] {other}
owe: [owe] {other} something
overhear: [overhear] {other}
pardon: [pardon] {other}
pay: [pay] {other} with {thing} | [pay] {other}
peek: [peek] into {thing} | [peek]
pick up: [pick up] {thing}
pickup: [pick up] {thing}
pillage: [take] {thing} from {other} | [pillage] {other}
play: [play] with {other} | [play]
poison: [poison] {thing} | [poison] {other} with {thing} | [poison] {other}
promise: [promise] {other} {thing} | [promise] {other} | [promise]
propose: [propose] to {other} | [propose]
put: [put] {thing} in {place} | [put] {thing} down
put down: [put down] {thing}
quarrel: [quarrel] with {other} | [quarrel]
read: [read] {thing} | [read]
refuse: [refuse] {other} | [refuse]
repardon: [pardon] {other}
pay: [repay] {other}
report: [report] {other} to {third} | [report] to {other}
rescue: [rescue] {other} | [rescue] {thing}
research: [study] {thing}
return: [return] from {from} to {to} | [return] {thing} to {other} | [return] to {place} | [return]
reveal: [reveal] {thing} to {other} | [reveal] it to {other}
ride: [ride] from {from} to {to} | [ride] to {place}
rob: [rob] {other} of {thing} | [rob] {other} | [rob] {place}
rumor: [spread] a rumour
rumour: [spread] a rumour
run: [run] from {from} to {to} | [run] to {place}
sail: [sail] from {from} to {to} | [sail] to {to} | [sail] to {place} | [set] sail
say: [speak] to {other} | [speak]
scare: [scare] {other}
search: [search] {thing} | [search] {place} | [search] {other}
see: [see] {other} | [see] {thing}
sell: [sell] {thing} to {other} | [sell] {other} {thing} | [sell] {thing}
send: [send] {thing} to {other} | [send] {other} to {place}
shoot: [shoot] {other} with {thing} | [shoot] {other}
show: [show] {thing} to {other} | [show] {other} {thing}
shut eyes: [shut] {agent's} eyes
sing: [sing] to {other} | [sing]
sit: [sit] down on {thing} | [sit] down with {other} | [sit] down
sit down: [sit] down on {thing} | [sit] down with {other} | [sit] down
slay: [slay] {other}
sleep: [sleep]
smile: [smile] at {other} | [smile]
sneak: [sneak] from {from} to {to} | [sneak] into {place}
speak: [speak] to {other} | [speak]
spy: [spy] on {other}
stab: [stab] {other} with {thing} | [stab] {other}
stand: [stand] up
steal: [steal] {thing} from {other} | [steal] {thing} from {place} | [steal] {thing}
stun: [stun] {other}
summon: [summon] {other} from {thing} | [summon] {other}
surrender: [surrender] to {other} | [surrender]
swap: [swap] {thing} with {other} for {second} | [swap] {thing} for {second}
take: [take] {thing} from {other} | [take] {thing}
talk: [talk] to {other} | [talk]
tell: [tell] {other} about {thing} | [tell] {other} about {third} | [speak] to {other}
teleport: [teleport] from {from} to {to} | [teleport] to {to}
thank: [thank] {other}
think: [think]
threaten: [threaten] {other} with {thing} | [threaten] {other}
throw: [throw] {thing} at {other} | [throw] {thing}
touch: [touch] {other} | [touch] {thing}
trade: [trade] {thing} with {other} for {second} | [trade] with {other}
travel: [travel] from {from} to {to} | [travel] to {to} | [travel] to {place}
turn: [turn] to {other} | [turn] to {thing}
unlock: [unlock] {thing}
wait: [wait] for {other} | [wait]
wake: [wake] {other} | [wake]
walk: [walk] from {from} to {to} | [walk] to {to} | [walk] to {place} | [walk] with {other}
warn: [warn] {other} about {third} | [warn] {other} of {thing} | [warn] {other}
watch: [watch] {other} | [watch] {thing}
wave: [wave] to {other} | [wave]
weep: [weep]
whisper: [whisper] to {other} | [whisper]
work: [work] with {other} | [work]
write: [write] to {other} | [write]
"""

MOTION = words(
    """climb come crawl cross dash drift drive flee float fly go hurry jump leap march move race
    ride run rush sail slide slip sneak stroll swim teleport travel walk wander"""
)
"""Verbs with which a place is where one goes, not where one is."""

LINKING = words("""appear become fall feel get go grow keep lie look seem stay turn""")
"""Verbs whose next word in a name is no object: get_hungry."""

DITRANSITIVE = words("""ask bring give hand offer promise sell send show teach tell""")

PARTICLES = words("""away back down free in off on out over round through together up""")
PREPOSITIONS = words("""about after against at by for from in into of on onto to with""")
SELF_CONTAINED = words("""farewell goodbye hello hungry love peace sail sorry""")
"""Words that need no article after a verb in a name: make_peace, say_goodbye."""

FROM = frozenset(["from", "source", "origin", "start"])
TO = words("""to into destination dest goal toward towards""")

# Properties: what a belief about one sounds like, in the present. {x} and {y} are the arguments,
# {v} the value.

TRUE_OF_PAIR: Mapping[str, str] = {
    "admires": "{x} [admire] {y}",
    "afraid": "{x} [be] afraid of {y}",
    "angry": "{x} [be] angry with {y}",
    "fears": "{x} [fear] {y}",
    "forgives": "{x} [forgive] {y}",
    "hates": "{x} [hate] {y}",
    "has": "{x} [have] {y}",
    "knows": "{x} [know] {y}",
    "likes": "{x} [like] {y}",
    "loves": "{x} [love] {y}",
    "married": "{x} [be] married to {y}",
    "misses": "{x} [miss] {y}",
    "needs": "{x} [need] {y}",
    "owns": "{x} [own] {y}",
    "suspects": "{x} [suspect] {y}",
    "trusts": "{x} [trust] {y}",
    "wants": "{x} [want] {y}",
}

TRUE_OF_ONE = words(
    """afraid alive angry asleep awake away busy cold dead drunk free guilty happy hidden hungry
    hurt ill innocent invisible jealous late locked lonely lost married open poor rich ruined
    sad safe sick sober tired unhappy wounded"""
)
"""Properties of one thing that are plain adjectives."""

WHEREABOUTS = words("""at in on location place where whereabouts holder held""")
KIN = words(
    """boss captain enemy father friend guardian husband king leader lord lover master mother owner
    partner prisoner queen rival servant spouse wife"""
)
"""Properties of a character whose value is another, who is the first one's ..."""

IN = words(
    """attic basement bedroom bathroom building castle cave cellar chamber church city corridor
    courtyard desert forest garden hall house hut inn jungle kitchen lamp library lobby mansion
    museum office palace pantry park parlour parlor passage prison room salon shed shop study temple
    tent theatre town tower vault village wood woods"""
)
ON = words(
    """balcony beach bench bridge deck farm field floor hill island landing lap moon mountain path
    planet porch road roof shelf ship shore stage stairs step street surface table terrace train"""
)
"""Places that one is in or on rather than at, by the last word of their names."""

OPPOSITE: Mapping[str, str] = {"alive": "dead", "open": "closed", "safe": "in danger"}
"""A property of one thing, to what its falsehood is called."""

IN_THE_HEART = words(
    """admires afraid angry anger ashamed attracted cares distrusts dread fears feels forgives glad
    greed guilt guilty happiness happy hates hopes hurt intends jealous knows likes lonely longs
    loves misses mood needs proud regrets relationship resents sad scared shy sure suspects
    trusts unhappy upset wants willing wishes worried yearns"""
)
"""Words in the names of properties that hold inside a person, where only that person looks."""


def _read(table: str) -> Mapping[str, tuple[str, ...]]:
    found = {}
    for line in table.strip().split("\n"):
        name, patterns = line.split(":", 1)
        found[name] = tuple(pattern.strip() for pattern in patterns.split("|"))
    return found


ACTS: Mapping[str, tuple[str, ...]] = _read(_ACTS)
"""The words of an act's name, joined by spaces, to patterns without their subject."""
