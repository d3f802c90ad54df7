"""Irregular verbs, and what else English does not derive by rule: tables for ``morph``.

Plain data. One verb a line: lemma, past, past participle (once if they are alike).
"""

from __future__ import annotations

from collections.abc import Mapping


def words(text: str) -> frozenset[str]:
    """A set of words, written as a text."""
    return frozenset(text.split())


_IRREGULAR = """
arise arose arisen
awake awoke awoken
bear bore borne
beat beat beaten
become became become
begin began begun
bend bent
bet bet
bid bid
bind bound
bite bit bitten
bleed bled
blow blew blown
break broke broken
breed bred
bring brought
broadcast broadcast
build built
burst burst
buy bought
cast cast
catch caught
choose chose chosen
cling clung
come came come
cost cost
creep crept
cut cut
deal dealt
dig dug
do did done
draw drew drawn
drink drank drunk
drive drove driven
eat ate eaten
fall fell fallen
feed fed
feel felt
fight fought
find found
flee fled
fling flung
fly flew flown
forbid forbade forbidden
foresee foresaw foreseen
forget forgot forgotten
forgive forgave forgiven
forsake forsook forsaken
freeze froze frozen
get got
give gave given
go went gone
grind ground
grow grew grown
hang hung
have had
hear heard
hide hid hidden
hit hit
hold held
hurt hurt
keep kept
kneel knelt
know knew known
lay laid
lead led
leave left
lend lent
let let
lie lay lain
light lit
lose lost
make made
mean meant
meet met
mishear misheard
mislay mislaid
mislead misled
misread misread
mistake mistook mistaken
misunderstand misunderstood
outgrow outgrew outgrown
overcome overcame overcome
overhear overheard
oversee oversaw overseen
oversleep overslept
overtake overtook overtaken
overthrow overthrew overthrown
partake partook partaken
pay paid
put put
quit quit
read read
rebuild rebuilt
retell retold
rethink rethought
rewrite rewrote rewritten
rid rid
ride rode ridden
ring rang rung
rise rose risen
run ran run
say said
see saw seen
seek sought
sell sold
send sent
set set
shake shook shaken
shed shed
shine shone
shoot shot
show showed shown
shrink shrank shrunk
shut shut
sing sang sung
sink sank sunk
sit sat
slay slew slain
sleep slept
slide slid
sling slung
slink slunk
slit slit
speak spoke spoken
spend spent
spin spun
spit spat
split split
spread spread
spring sprang sprung
stand stood
steal stole stolen
stick stuck
sting stung
stink stank stunk
stride strode stridden
strike struck
string strung
strive strove striven
swear swore sworn
sweep swept
swell swelled swollen
swim swam swum
swing swung
take took taken
teach taught
tear tore torn
tell told
think thought
throw threw thrown
thrust thrust
tread trod trodden
undergo underwent undergone
understand understood
undertake undertook undertaken
undo undid undone
unwind unwound
uphold upheld
upset upset
wake woke woken
wear wore worn
weave wove woven
weep wept
win won
wind wound
withdraw withdrew withdrawn
withhold withheld
withstand withstood
wring wrung
write wrote written
"""


def _read(table: str) -> Mapping[str, tuple[str, str]]:
    rows = (line.split() for line in table.split("\n") if line)
    return {row[0]: (row[1], row[-1]) for row in rows}


IRREGULAR: Mapping[str, tuple[str, str]] = _read(_IRREGULAR)
"""Lemma to (past, past participle)."""

BE: Mapping[str, Mapping[str, str]] = {
    "present": {"1s": "am", "2s": "are", "3s": "is", "p": "are"},
    "past": {"1s": "was", "2s": "were", "3s": "was", "p": "were"},
}

MODALS: Mapping[str, str] = {
    "can": "could",
    "could": "could",
    "may": "might",
    "might": "might",
    "must": "must",
    "shall": "should",
    "should": "should",
    "will": "would",
    "would": "would",
    "ought": "ought",
    "dare": "dared",
    "need": "needed",
}
"""Verbs that may take a bare infinitive and no -s, to their past. The last two only do so when
negated or turned into a question; ``morph`` sees to that."""

CONTRACTED_NOT: Mapping[str, str] = {
    "is": "isn't",
    "are": "aren't",
    "was": "wasn't",
    "were": "weren't",
    "do": "don't",
    "does": "doesn't",
    "did": "didn't",
    "have": "haven't",
    "has": "hasn't",
    "had": "hadn't",
    "can": "can't",
    "could": "couldn't",
    "will": "won't",
    "would": "wouldn't",
    "should": "shouldn't",
    "must": "mustn't",
}

LAST_SYLLABLE_STRESSED = words(
    """abet abhor acquit admit allot befit begin commit compel concur confer control deter dispel
    emit equip excel expel extol forbid forget incur infer occur omit patrol permit prefer
    propel rebel recur refer regret remit repel submit transfer transmit"""
)
"""Longer verbs that double their last consonant although they end in no l."""

UNDOUBLED_L = frozenset(["parallel"])
"""Verbs in vowel + l that do not double it even in British spelling, which we follow."""

REGULAR = words(
    """accept ache add agree allow amaze answer apologise appear approach argue arrive ask attack
    avoid bake ban bathe beg believe belong betray blame bless blink blush boil borrow bother
    bribe brush burn bury bustle call care carry chain change chase chat chatter cheat cheer
    chew choke circle claim clap climb close clutch collapse collect comb comfort command
    complain confess confide confuse consider continue cook cough count cover cower crack crash
    crawl cross crouch crowd cry cup curl curse dance dare decide declare deliver deny describe
    deserve destroy disappear discover dislike doubt drag dream dress drift drop drown dry duck dust
    earn edge embrace empty end enjoy enter envy erupt escape examine exclaim expect explain
    explore face fade fail fasten fear fetch fiddle fidget fill finish flicker flinch float
    flood flutter fold follow force form frighten frown fumble gasp gather gaze giggle glance
    glare grab greet grin grip groan guard guess guide hammer hand hate heal help hesitate hire
    hop hope hug hum hunt hurry imagine insist intend invite join joke judge jump kick kidnap
    kill kiss knit knock label land laugh lean learn lick lift like link linger list listen live
    load lock long look love lower lurk march mark marry melt mention miss mix moan mourn move
    mumble murder murmur nag name need nod notice obey offer oil open order owe own pack paint
    pardon part pass pat pause peel peer perform pick pinch plan plant plead please pluck point
    poison poke polish possess pour praise pray prepare present press pretend promise propose
    protect
    prove pull punch punish push question race rain raise ramble reach realise refuse regret
    rehearse relax release remain remember remind remove repair repeat reply rescue research
    resist rest return reveal roam rob rock roll rub ruin rush sail save scare scatter scold
    scratch scream search settle shelter shiver shout shove shriek shrug shuffle sigh sign skip
    slam slap slip slow smell smile smoke snap snatch sneak sneer sniff snore soothe sort spill
    squeak squeeze stammer stare start startle stay step stir stop strangle stretch stroke
    stroll struggle study stumble stun stutter suffer suggest summon support suppose surprise
    surrender surround suspect sway talk tap taste teleport tempt threaten tie tiptoe toss touch
    trade trail trap travel treat tremble trick trip trust try tumble turn twist unlock use
    utter vanish visit wait walk wander want warn wash watch wave weigh whimper whisper whistle
    wink wipe wish wonder work worry wound wrap yawn yell yield"""
)
"""Everyday regular verbs: enough to tell a verb from an adjective after a form of *be*."""

IRREGULAR_PLURALS: Mapping[str, str] = {
    "child": "children",
    "deer": "deer",
    "fish": "fish",
    "foot": "feet",
    "goose": "geese",
    "half": "halves",
    "knife": "knives",
    "leaf": "leaves",
    "life": "lives",
    "loaf": "loaves",
    "man": "men",
    "mouse": "mice",
    "person": "people",
    "self": "selves",
    "sheep": "sheep",
    "shelf": "shelves",
    "thief": "thieves",
    "tooth": "teeth",
    "wife": "wives",
    "wolf": "wolves",
    "woman": "women",
}

SILENT_H = ("heir", "heirloom", "honest", "honour", "honor", "hour", "herb garden")
VOWEL_LETTER_CONSONANT_SOUND = ("eu", "one", "once", "uni", "use", "usu", "uti", "ut", "ub")
"""Beginnings written with a vowel and spoken with a consonant: a unicorn, a one-off."""
