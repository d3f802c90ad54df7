"""Our own sections, from tokens to the tree: those of ``forms``, and the apparatus (``title "..."``
and its like)."""

from __future__ import annotations

from unspoken.language.forms import FORMS, HAPPENS, SHORT
from unspoken.language.operands import shown
from unspoken.language.reading import Reading, Skip
from unspoken.language.tree import (
    ApparatusDefinition,
    Atom,
    Call,
    Entry,
    Item,
    ParameterNode,
    Section,
    Word,
)

APPARATUS = (
    "title",
    "note",
    "author",
    "series",
    "fandom",
    "characters",
    "pairing",
    "rating",
    "tags",
    "language",
)


class SectionParser(Reading):
    """Reads sections. In them, operators always bind as in mathematics."""

    def apparatus(self) -> ApparatusDefinition:
        token = self.token
        self.index += 1
        key = Atom("name", token.text, token.start, token.end)
        texts: list[Word] = []
        while True:
            text = self.token
            if text.kind != "text":
                self.fail_expected("a text in quotation marks")
            self.index += 1
            texts.append(Word("text", text.text, text.start, text.end))
            if not self.accept(",") or self.token.kind != "text":
                break
        return ApparatusDefinition(key, tuple(texts), key.start, self.behind())

    def section(self) -> Section:
        token = self.token
        kind = token.text
        self.index += 1
        name: Atom | None = None
        parameters: tuple[ParameterNode, ...] = ()
        head = FORMS[kind].head
        if head == "titled":
            name = self.title()
        elif head != "bare":
            name = self.name("an entity" if kind in ("voice", "temperament") else "a name")
        if head == "called":
            if not self.at("("):
                assert name is not None
                self.complain("missing-brackets", name.end, name.end, name=name.text)
                raise Skip
            parameters = self.parameters()
        if not self.at("{"):
            self.fail_expected("{")
        close = self.partner[self.index]
        self.index += 1
        entries: list[Entry] = []
        whole = True
        while self.index < close:
            entry = self.entry(kind, close)
            if entry is not None:
                entries.append(entry)
            else:
                whole = False
        self.index = close + 1
        return Section(kind, name, parameters, tuple(entries), token.start, self.behind(), whole)

    def title(self) -> Atom:
        token = self.token
        if token.kind != "text":
            self.fail_expected("a title in quotation marks")
        self.index += 1
        return Atom("text", token.text, token.start, token.end)

    def entry(self, section: str, close: int) -> Entry | None:
        """One entry of a section and the ``;`` behind it."""
        said = len(self.diagnostics)
        entry: Entry | None = None
        try:
            entry = self.one_entry(section, close)
        except Skip:
            self.skip_entry(close)
        if self.index < close and not self.accept(";"):
            if len(self.diagnostics) == said:
                place = self.behind()
                self.complain("missing-semicolon", place, place, found=shown(self.token))
            if not self.accept(",") and not self.starts_line_with_entry(self.index):
                self.skip_entry(close)
                self.accept(";")
        return entry

    def skip_entry(self, close: int) -> None:
        while self.index < close and not self.at(";"):
            if self.starts_line_with_entry(self.index):
                return
            partner = self.partner[self.index]
            self.index = partner + 1 if partner > self.index else self.index + 1
        self.index = min(self.index, close)

    def starts_line_with_entry(self, index: int) -> bool:
        token = self.tokens[index]
        if token.kind != "name" or self.tokens[index + 1].text != ":":
            return False
        return "\n" in self.source.text[self.tokens[index - 1].end : token.start]

    def one_entry(self, section: str, close: int) -> Entry:
        if self.at(";"):
            self.complain("empty-statement", self.token.start, self.token.end)
            raise Skip
        key = self.name("a key")
        words: list[Atom] = []
        while self.token.kind == "name" and self.index < close:
            words.append(self.name("a word"))
        self.expect(":")
        behind = FORMS[section].behind(key.text)
        items: list[Item] = []
        while True:
            match behind:
                case "expressions":
                    items.append(self.expression_item(close))
                case "uses":
                    items.append(self.use_item())
                case "items":
                    items.append(self.story_item(close))
                case "words":
                    items.append(self.item(close))
            if self.at(",") and self.ahead(1).kind == "name" and self.ahead(2).text == ":":
                break  # the next entry: a `,` for a `;`
            if not self.accept(",") or self.at(";") or self.index >= close:
                break
        return Entry(key, tuple(words), tuple(items), key.start, self.behind())

    def expression_item(self, close: int) -> Item:
        """An expression that ends at a ``,`` outside brackets."""
        node = self.expression(self.item_end(close), self.mathematics)
        return Item((), node, node.start, node.end)

    def item_end(self, close: int) -> int:
        """Where the next ``,`` or ``;`` outside brackets is, or where one was forgotten."""
        end = self.index
        while end < close and self.tokens[end].text not in (",", ";"):
            if (
                end > self.index
                and self.value_ends_before(end)
                and self.starts_line_with_entry(end)
            ):
                break
            end = self.partner[end] + 1 if self.partner[end] > end else end + 1
        return end

    def story_item(self, close: int) -> Item:
        """A fact, perhaps short for one about who knows it; or an act."""
        first, opens = self.token, self.ahead(1).text == "("
        if first.text == HAPPENS and self.ahead(1).kind == "name":
            self.index += 1
            use = self.use_item()
            words = (Word("name", HAPPENS, first.start, first.end),)
            return Item(words, use.expression, first.start, use.end)
        end = self.item_end(close)
        if not opens or self.partner[self.index + 1] != end - 1:
            return self.expression_item(close)
        if first.text in SHORT:
            return self.short_item(end)
        return self.use_item() if self.has_star(end) else self.expression_item(close)

    def has_star(self, end: int) -> bool:
        """Whether ``*`` stands as an argument before ``end``, so that it can only be a use."""
        around = (self.tokens[place - 1 : place + 2] for place in range(self.index + 2, end - 1))
        return any(
            sign.text == "*" and before.text in ("(", ",") and after.text in (",", ")")
            for before, sign, after in around
        )

    def short_item(self, end: int) -> Item:
        """``mistaken(Tara, FACT)``, ``nobody_knows(FACT)``."""
        form = self.name("a word")
        words = [Word("name", form.text, form.start, form.end)]
        self.expect("(")
        if form.text != "nobody_knows":
            who = self.name("a character")
            words.append(Word("name", who.text, who.start, who.end))
            self.expect(",")
        fact = self.expression(end - 1, self.mathematics)
        self.index = end
        return Item(tuple(words), fact, form.start, self.behind())

    def use_item(self) -> Item:
        """Some events of one name: ``knock(who, *)``, or ``knock`` for all of that name."""
        name = self.name("an action's name")
        if not self.accept("("):
            return Item((), name, name.start, name.end)
        arguments: list[Atom] = []
        while not self.at(")"):
            token = self.token
            argument = self.expressions.atom(self.index)
            if self.at("*"):
                argument = Atom("any", "*", token.start, token.end)
            if argument is None:
                self.fail_expected("an argument or `*`")
            self.index += 1
            arguments.append(argument)
            if not self.accept(",") and not self.at(")"):
                self.fail_expected(",")
        self.index += 1
        call = Call(name, tuple(arguments), name.start, self.behind())
        return Item((), call, call.start, call.end)

    def item(self, close: int) -> Item:
        words: list[Word] = []
        while self.index < close:
            token = self.token
            if token.kind != "name" and token.kind != "number" and token.kind != "text":
                break
            if words and self.starts_line_with_entry(self.index):
                break
            words.append(Word(token.kind, token.text, token.start, token.end))
            self.index += 1
        if not words:
            self.fail_expected("a value")
        return Item(tuple(words), None, words[0].start, words[-1].end)
