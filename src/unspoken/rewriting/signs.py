"""Words by which the gate knows things: what marks a guess, says a mind, gives truth away.

Data only. Each list errs to the side of saying no: a paragraph that is turned away is told as it
was.
"""

from __future__ import annotations

import re

from unspoken.telling.verbs import words

GUESSES = re.compile(
    r"\b(?:must|maybe|perhaps|surely|of course|no doubt|probably|seem(?:s|ed)?|might|as if|"
    r"as though|evidently|somehow|suppose[ds]?|guess(?:ed|es)?|wonder(?:ed|s)?)\b|\?|^so\b",
    re.IGNORECASE,
)
"""What shows that something about another mind is a guess. Not *looked*: it shows nothing of the
kind."""

MINDS = words(
    """ached admired adored ashamed believed considered craved decided despised doubted dreaded
    dreamed envied expected feared felt forgave forgot glad guessed guilty hated hoped imagined
    intended jealous knew known liked longed loved meant minded missed needed noticed planned
    pitied preferred realised realized recalled recognised recognized regretted relieved remembered
    resented respected sensed sorry suspected thought trusted understood wanted wished wondered
    worried yearned afraid anxious aware certain convinced determined disappointed eager furious
    hopeful lonely nervous sad scared sure thrilled torn
    aches admires adores believes considers craves decides despises doubts dreads dreams envies
    expects fears feels forgives forgets guesses hates hopes imagines intends knows likes longs
    loves means misses needs notices plans pities prefers realises realizes recalls recognises
    recognizes regrets remembers resents respects senses suspects thinks trusts understands wants
    wishes wonders worries yearns"""
)
"""What is true only inside somebody."""
INSIDES = words(
    """heart mind thought thoughts soul feelings love longing fear hope secret memory"""
)
"""What somebody has that nobody else sees."""
FACTIVE = words(
    """knew realised realized discovered learned learnt understood recognised recognized knows
    realises realizes discovers learns understands recognises recognizes"""
)
"""Verbs that say that what follows is so."""
TRUTH = re.compile(
    r"\b(?:in truth|in fact|in reality|the truth was|wrong(?:ly)?|mistaken(?:ly)?|little did|"
    r"unaware|unbeknownst|without knowing|not knowing|had no idea|no way of knowing|"
    r"(?:didn['\u2019]t|did not|couldn['\u2019]t|could not) know|never guessed|never suspected|"
    r"would (?:later|one day|soon)|years later|later (?:she|he|they) would|"
    r"misread|misjudged|misunderstood|misunderstanding)\b",
    re.IGNORECASE,
)
"""What only somebody says who knows better, or what comes."""

PRESENT = words(
    """am is are has does isn't aren't hasn't doesn't don't says knows thinks feels sees looks goes
    comes takes makes wants gives tells asks hears turns stands sits opens closes knocks smiles"""
)
"""Finite verbs by which a tense is sampled."""
PAST = words(
    """was were had did wasn't weren't hadn't didn't said knew thought felt saw looked went came
    took made wanted gave told asked heard turned stood sat opened closed knocked smiled
    ran left kept held let lay"""
)
FIRST = words("""i me my mine myself i'm i've i'd i'll""")
PRONOUNS = {
    "she": words("she her hers herself"),
    "he": words("he him his himself"),
}

NUMBERS = words(
    """two three four five six seven eight nine ten eleven twelve thirteen twenty thirty forty fifty
    hundred thousand midnight noon o'clock monday tuesday wednesday thursday friday saturday sunday
    january february march april june july august september october november december yesterday
    tomorrow weeks months years hours minutes"""
)
"""Numbers and times. *One* and *second* are other words as well."""

COMMON = words(
    """a about above across after again against all almost alone along already also although always
    an and another any anybody anyone anything around as aside at away back be because become been
    before began begin behind being below beside between beyond both but by came can cannot come
    could did do does done down each else enough even ever every everybody everything far few first
    for from gave get give go goes going gone good got had half hand hands hardly has have having he
    her here hers herself him himself his how however i if in indeed inside into is it its itself
    just keep kept last least left less let like little long look looked made make many may me might
    more most much must my myself near never next no nobody none nor not nothing now of off often on
    once one only onto or other others our out outside over own part perhaps place put quite rather
    right said same saw say see seem seemed she should side since small so some somebody somehow
    someone something somewhere soon still such take taken tell than that the their them themselves
    then there these they thing things this those though through till time to together told too took
    toward towards turned under until up upon us use very was way we well went were what whatever
    when where whether which while who whole whom whose why will with within without word words
    would yes yet you your"""
)
"""Words that every paragraph may have, and that no private fact can be known by."""
