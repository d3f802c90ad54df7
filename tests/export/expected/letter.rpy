# The Letter
# Tags: Ada [knocked] {twice}., 100% sure., Stop.

define through_ada = Character(None)

label start:
    "{b}The Letter{/b}"
    jump unspoken_eyes

label unspoken_eyes:
    menu:
        "Through whose eyes?"
        "Ada":
            jump unspoken_ada_1
        "Ben":
            jump unspoken_ben_1
        "About this story":
            jump unspoken_about

label unspoken_about:
    "The Letter"
    "Tags: Ada [[knocked] {{twice}., 100%% sure., Stop."
    jump unspoken_eyes

label unspoken_ada_1:
    through_ada "Ada [[knocked] {{twice}."  # NV
    through_ada "100%% sure."  # NV
    through_ada "{i}Stop.{/i}"  # NV
    menu:
        "Once more, through other eyes":
            jump unspoken_eyes
        "The end":
            return

label unspoken_ben_1:
    through_ada "Ada [[knocked] {{twice}."  # NV
    through_ada "100%% sure."  # NV
    through_ada "{i}Stop.{/i}"  # NV
    menu:
        "Once more, through other eyes":
            jump unspoken_eyes
        "The end":
            return

# Told by Unspoken 0.0.0, seed 0, seal d44ac26eb3074b50.
