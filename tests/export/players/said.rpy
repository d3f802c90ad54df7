# Beside a script.rpy, in a game of Ren'Py: writes what the engine would show, to said.json.
init 999 python:
    import json, os
    from renpy.text.textsupport import TEXT, tokenize

    def shown(what):
        if renpy.config.old_substitutions:
            what = what % renpy.exports.tag_quoting_dict
        what, _ = renpy.substitutions.substitute(what)
        return "".join(text for kind, text in tokenize(what) if kind == TEXT)

    found = [
        shown(node.what)
        for node in renpy.game.script.all_stmts
        if isinstance(node, renpy.ast.Say) and node.filename.endswith("script.rpy")
    ]
    with open(os.path.join(renpy.config.basedir, "said.json"), "w") as file:
        json.dump(found, file)
