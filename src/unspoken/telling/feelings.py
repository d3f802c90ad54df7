"""What feelings are like from inside: words for worlds whose authors gave none.

Data in the template language, by the words of ``model.FEELINGS``. ``{I}`` and ``{my}`` are whoever
feels, ``{you}`` is towards whom. Nothing here may be seen by others (it is told in one mind only),
names what it is about, or says what another mind holds; where a body is, and nothing else of the
world, is taken for granted.
"""

from __future__ import annotations

from collections.abc import Mapping

Texts = tuple[str, ...]


def read(table: str) -> Mapping[str, Texts]:
    """A table: a line for each key, ended by a colon, and then one for each text."""
    found: dict[str, Texts] = {}
    word = ""
    for line in filter(None, map(str.strip, table.split("\n"))):
        if line.endswith(":"):
            word = line[:-1]
            found[word] = ()
        else:
            found[word] = (*found[word], line)
    return found


BODY: Mapping[str, Texts] = read("""
hope:
  Something behind {my} breastbone [sit] up and [listen]
  There [be] something very small in {me}, and {I} [keep] still so as not to frighten it
  Some part of {me} [turn] its face up, as if to weather
  A corner of {me} [lift], and [look] out
  For a moment {my} own weight [come] off {my} feet
fear:
  {my} shoulders [know] before {I} [do]
  Everything in {me} [go] quiet, as birds do
  {my} fingertips [be] cold, all of them
  {I} [feel] {my} heart at work, hard, like somebody moving furniture
  Every way out [come] into {my} head at once
joy:
  Under {my} ribs something [rise], like bread under a cloth
  There [be] more room under {my} ribs than there [past be]
  The inside of {my} chest [be] all windows
  Something in {me} [ring], and [go] on ringing
  {I} [be] all at once on good terms with everything
  A door {I} [past not know] of [stand] open in {me}, with sun behind it
  {I} would have shaken any hand in reach
  {I} would have thanked somebody, if {I} [past know] whom
satisfaction:
  Something in {me} [settle], like a lid on its own pot
  {I} [breathe] all the way to the bottom
  {I} [sit] right in {my} own skin
  For once nothing in {me} [want] to be anywhere else
relief:
  Something [unhook] itself from between {my} shoulders
  The floor [be] solid again, right up to the walls
  {I} [find] that {I} [past hold] {my} breath
  The knot at the back of {my} neck [come] undone by itself
distress:
  Something cold [go] in under {my} ribs and [stay] there
  {I} [look] for some place inside to lie down, and there [be] none
  Something in {me} [sit] down, all at once
  {my} hands [be] cold, and no use
disappointment:
  {I} [empty] slowly, like a cracked jug
  Everything [go] back to its own size, which [be] smaller
  Something {I} [past carry] carefully [turn] out to be empty
  {my} arms [be] long, and heavy, and no use
fears_confirmed:
  The thing [have] the very face {I} [past give] it
  {my} stomach [drop] the last of the way
  The thing itself [be] almost restful, after all that waiting
  So this [be] what {I} [past hold] {my} breath for
reproach:
  Something in {me} [step] back from {you} and [fold] its arms
  There [be] a taste in {my} mouth as of a coin
  {I} [feel] {my} jaw set
  For a moment {I} [can] see nothing of {you} but that
  Something in {me} [draw] in its skirts
admiration:
  Something in {me} [get] to its feet
  {I} [forget] what {my} own hands [be] for
  Whatever light there [be], more of it [be] on {you}
  Something clean [go] through {me}, like cold air
guilt:
  There [be] a thing in {my} stomach that {I} [past swallow] whole
  {I} [add] it all up again, and it [come] out the same
  {my} own part in it [have] a weight, and {I} could have said how much
  Something in {me} [want] to be found, and told off, and done with
shame:
  The skin of {my} face [feel] borrowed
  {my} ears [burn], and the rest of {me} after them
  {I} [feel] {myself} seen, down to the lining
  Something in {me} [look] for a smaller place to stand
pride:
  {my} back [be] straight, and {I} [past not straighten] it
  {I} [take] up, for once, all the room {I} [have]
  A bell [go] in {me}, one clear stroke
  {I} [be] a finger's breadth taller, and nobody else [have] to know
anger:
  The blood [come] up in {my} ears with a sound like water
  {I} [bite] down on the first thing {I} [have] to say, and on the second
  Everything [get] edges
  {my} hands [have] the news before {my} head
  Something in {me} [push back] its chair
gratitude:
  {I} [be] warm from inside, as if from soup
  Something in {me} [bow], and rather low
  {I} would have carried something heavy for {you}, just then, a long way
  {my} throat [be] full, and not of words
gratification:
  All [past go] as {I} [past mean] it to, and {my} hands [know]
  For a moment {my} mouth [have] the first of the fruit in it
  The moment [fit] {me} like a thing made to measure
remorse:
  {my} hands [go] on undoing it, long after
  {my} chest [be] full of what {I} could have done instead
  {I} would have given a finger to stand where {I} [past stand] before
  All of it [be] {mine}, and [hurt] like somebody else's
happy_for:
  {your} luck [warm] {my} hands as well
  Something in {me} [clap], and [go] on clapping
  {I} [be] glad of it as of a thing of {my} own
pity:
  Something in {me} [reach] out before {I} [can] stop it
  {I} [feel] it in {my} own teeth
  Something [get] in under {my} guard, soft side first
  There [be] nothing to be done for {you}, and all of {me} [want] to do it
resentment:
  Something [stick] in {my} throat, small and sharp, like a fishbone
  {I} [do] a sum in {my} head, and {you} [come] out ahead again
  Something in {me} [turn] its back
gloating:
  {I} [have] to hold down the corners of {my} mouth from inside
  Something in {me} [rub] its hands
  {my} tongue [taste] sugar, and {I} [do not] ask where from
embarrassment:
  {I} [have] too many hands, all at once
  {my} ears [be] hot, and there [be] nothing to be done about ears
  {my} skin [be] a size too small
  {I} [can] feel {my} own face, all of it, and from the front
  Every word {I} [past say] this year [come] back and [sit] in the front row
dread:
  Cold [come] up slowly from the floor, like water in a cellar
  {my} stomach [make] ready for a step that [be not] there
  {I} [feel] {myself} transparent, like a thing held up to a window
  The next minute [be] on its way up, and {I} [can] hear its boots
  Something in {me} [go] round, trying all the locks
jealousy:
  Something with teeth [turn] over in {my} stomach
  There [be] a splinter in {me}: no size at all, and nothing else to think about
  {I} [count], and [go] on counting, and [can not] stop
love:
  All of {my} skin [lean] towards {you}
  {your} name [go] through {me} like a drink of something warm
  Something in {me} [lie] down at {your} feet, quite at home
  {I} [know] without looking where {you} [be]
""")
"""Whole sentences, for what is felt clearly."""

SLIGHT: Mapping[str, Texts] = read("""
hope:
  {I} [do not] quite think it, and [do not] quite stop
  Some part of {me} [look] up from what it [be] doing
fear:
  {I} [listen], with a little more of {me} than before
  Something in {me} [move] its chair nearer to the door
joy:
  Something in {me} [be] pleased, and [keep] it small
  Something in {me} [loosen] a button
  One corner of {me} [sit] in the sun
  A small light [go] on in {me}, and [stay] on
  {I} [keep] back a tune
  {my} next breath [come] easier than the last
  {I} [keep] a smile on the inside
satisfaction:
  {I} [nod], inside
  One more small thing in {me} [lie] straight
relief:
  {my} shoulders [come] down by a finger's breadth
  {I} [have] half a breath to spare again
  That, at least, [be] all right, and {I} [let] it be
distress:
  {I} [be] half a step further off than before
  Some small string in {me} [go] out of tune
  Something [catch] in {me}, like a sleeve on a nail
  Something in {me} [draw] its feet up
  A draught [find] {me}, from nowhere in particular
  {my} good temper [sit] a little crooked
  {I} [be] sitting, inside, on the edge of the chair
disappointment:
  A small lamp in {me} [go] down by half
  {I} [take] back half a wish, and [say] nothing
  {I} [cross] something off, in the margin
  {my} hands [close] on a little less than they [past open] for
reproach:
  {I} [make] a note of it
  Something in {me} [raise] an eyebrow
guilt:
  Something [scratch] {me} a little, like a label in a collar
  {I} [think] of something else, and [have] to think rather hard
shame:
  {I} [feel] the size of {my} own ears
  {I} would rather not have been seen just then
embarrassment:
  {my} collar [be] warm
  {I} [have] one elbow too many
happy_for:
  {I} [be] glad for {you}, as one is of good weather somewhere else
""")
"""... for what is felt slightly, where it has quieter words: then these and no others."""

GREAT: Mapping[str, Texts] = read("""
joy:
  {I} [be] awake from the heels up
  {I} [have] to hold {my} face together from inside
  Something in {me} [run] down a hill with its arms out
  Nothing in {me} [weigh] anything
  {my} heart [go] up the stairs two at a time
  All the lamps in {me} [be] lit, and nobody [past ask] what it [cost]
relief:
  {my} knees [remember] that they [be] tired
  All of {my} breath [come] back at once
  A fist {I} [past not know] about [come] open in {my} stomach
distress:
  There [be] a stone in {my} stomach, and the stone [have] corners
  {my} knees [belong] to somebody else
  Every sound [go] a long way off
  {my} throat [close] on nothing
""")
"""... for what is felt greatly, before the plain ones."""

SLIGHTLY, GREATLY = 0.35, 0.65
"""The strengths below which a feeling is slight, and from which it is great."""

TOUCH: Mapping[str, Texts] = read("""
hope:
  a flutter under the ribs
  {my} breath held small
fear:
  cold all down {my} arms
  {my} mouth dry
joy:
  warm to the ends of {my} fingers
  light as a swept room
satisfaction:
  easy right down to the stomach
relief:
  weak at the knees with it
  {my} hands loose, all at once
distress:
  {my} throat tight
  a weight where {my} breath should go
disappointment:
  flat, all at once
  heavy in the wrists
fears_confirmed:
  cold, but not surprised
reproach:
  {my} teeth together
admiration:
  {my} breath caught on it
guilt:
  a hot stone under the ribs
shame:
  hot to the roots of {my} hair
pride:
  {my} spine very straight
anger:
  {my} teeth together
  hot behind the eyes
gratitude:
  soft about the knees
gratification:
  pleased down to the soles
remorse:
  sick with it, low down
happy_for:
  warm, at one remove
pity:
  sore on {your} behalf
resentment:
  sour at the back of the tongue
gloating:
  warm, and not kindly
embarrassment:
  hot to the ears
  all elbows
dread:
  cold, low down, and rising
  {my} stomach a long way below {me}
jealousy:
  sharp as a splinter
love:
  warm, and helpless with it
  every inch of {me} turned {your} way
""")
"""What goes beside what somebody does, or stands by itself: no sentence."""

WORDS: Mapping[str, Texts] = read("""
hope:
  Maybe. Only maybe.
  Let it be that.
  Don't think it. Not yet.
fear:
  Not this.
  Careful. Careful, now.
joy:
  Oh. Oh, yes.
  Yes.
satisfaction:
  There.
  So. Good.
relief:
  Not that, then.
  Breathe.
distress:
  No. No, no.
  Not that.
disappointment:
  Well. That was that.
  Of course not.
fears_confirmed:
  There. I knew it.
  And there it is.
reproach:
  That was not well done.
  How could you?
admiration:
  Look at that.
  Now that, that was something.
guilt:
  I did that.
  That was me. Nobody else.
shame:
  Don't look. Nobody look.
  Stupid. Stupid.
pride:
  I did that.
  There. That was me.
anger:
  How dare you?
  Say nothing. Not one word.
gratitude:
  Bless you for that.
  You didn't have to do that.
gratification:
  Just as I meant it.
remorse:
  Undo it. Let me undo it.
  What have I done?
happy_for:
  Good. Oh, good for you.
pity:
  Oh, you poor thing.
  Not you, too.
resentment:
  And why not me?
  It would be you, of course.
gloating:
  Serves you right.
  Now you know how it is.
embarrassment:
  Oh no.
  Say something. Anything.
dread:
  Not yet. Please, not yet.
  It must be written all over me.
jealousy:
  And what about me?
  It isn't fair. It isn't.
love:
  Oh. You.
  Look at me. Look up.
""")
"""In the mind's own words: direct thought, final, with its marks."""

NOUNS: Mapping[str, str] = {
    **{
        word: word
        for word in (
            *("hope", "fear", "relief", "disappointment", "reproach", "admiration", "guilt"),
            *("shame", "pride", "anger", "gratitude", "remorse", "pity", "resentment"),
            *("embarrassment", "dread", "jealousy", "love"),
        )
    },
    "joy": "gladness",
    "satisfaction": "ease",
    "distress": "dismay",
    "fears_confirmed": "dismay",
    "gratification": "contentment",
    "happy_for": "gladness",
    "gloating": "glee",
}
"""What somebody senses that another feels: there, and there only, a feeling has a name."""

MEMORIES: Texts = (
    "The %s of before [come] back to {me}, now that {my} hands [be] idle",
    "{my} thoughts [go] back, as thoughts do, and there the %s still [be]",
    "{I} [go] over it again, slowly, for the sake of the %s at the end",
    "Somewhere below the rest of it the %s [be] still there, and {I} [let] it be",
    "And there it [be] again when {I} [look]: the %s, hardly worn",
)
"""What was felt before comes back to somebody who has nothing to do."""

WAVERING: Texts = (
    "{I} [stop] for the length of a breath",
    "The scales in {me} [tip], and [tip] back",
    "{I} [be] of two minds, each as good as the other",
    "For a moment {I} [lean] the other way",
    "There [be] a moment in which nothing [be] decided",
)
"""What comes before an act that was a near thing."""
