"""Questions to a story that need its world gone on with, or gone through again.

    story.ask("what would Tara do now?")

    asker -> now | unseen | wishes -> staged, rerun -> Answer

Receives a stage and a chronicle; hands on answers. ``queries`` reads the questions and answers most
of them from the chronicle; here is what needs the engine, or the motives of a world.
"""
