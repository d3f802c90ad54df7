"""Trees as documents: the one style in which storyworlds are printed.

``format`` prints a tree that was read, with its comments; ``printer`` one made from a model. In
files of Sabre's reading, brackets are written wherever mathematics would read something else, so
the text means the same to everybody; elsewhere only those that the reading needs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from unspoken.language.forms import FORMS, HAPPENS
from unspoken.language.layout import (
    BLANK,
    BREAK,
    NOTHING,
    SPACE,
    Doc,
    Group,
    Line,
    Nest,
    Trailing,
    join,
)
from unspoken.language.tokens import Comment, quoted, text_value
from unspoken.language.tree import (
    ApparatusDefinition,
    Atom,
    Attitude,
    Bad,
    Believing,
    Binary,
    Binding,
    Call,
    Chain,
    Conditional,
    Definition,
    EntityDefinition,
    Entry,
    EventDefinition,
    File,
    Item,
    Minus,
    Negation,
    Node,
    ParameterNode,
    Part,
    PropertyDefinition,
    Section,
    Signature,
    Statement,
    Test,
    TypeDefinition,
    UtilityDefinition,
    Word,
    bare,
)

_COMPARISONS = ("==", "!=", ">=", "<=", ">", "<")
_SUMS = ("+", "-")
_PRODUCTS = ("*", "/")
_SKIPPED = re.compile(r"(?:\s|\ufeff|//[^\n]*|/\*/|/\*.*?\*/)*", re.DOTALL)
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")


class Printer:
    """Prints a file's definitions in order, putting comments back where they stood."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.mathematics = file.version is not None
        self.always_brackets = False
        """A way out: brackets around everything that has parts."""
        self._in_branch = False
        """Inside a branch of a conditional, with no brackets in between."""
        self._comments: Sequence[Comment] = file.comments
        self._next = 0

    def document(self) -> Doc:
        """The whole file."""
        text = self.file.source.text
        docs: list[Doc] = []
        behind: int | None = None
        before: Definition | None = None
        if self.file.version is not None:
            start, behind = self.file.version_place
            docs.append(self._leading(start, None))
            docs.append(f"unspoken {self.file.version};")
        for definition in self.file.definitions:
            trailing = self._trailing(definition.start, behind)
            docs.append(trailing)
            first = self._next_place(definition.start)
            if behind is not None:
                empty = _EMPTY_LINE.search(text[behind:first]) is not None
                blank = empty or (before is not None and _stand_apart(before, definition, text))
                docs.append(BLANK if blank else BREAK)
            docs.append(self._leading(definition.start, definition))
            docs.append([self.definition(definition), ";"])
            behind = definition.end
            before = definition
        docs.append(self._rest(behind))
        return docs

    # Comments.

    def _take(self, offset: int) -> list[Comment]:
        """The comments before an offset that have not been printed yet."""
        first = self._next
        while self._next < len(self._comments) and self._comments[self._next].start < offset:
            self._next += 1
        return list(self._comments[first : self._next])

    def _next_place(self, offset: int) -> int:
        """Where the next thing to be printed stands: a comment before the offset, or it."""
        if self._next < len(self._comments):
            return min(self._comments[self._next].start, offset)
        return offset

    def _trailing(self, offset: int, behind: int | None) -> Doc:
        """Comments before an offset that stand behind something on its line."""
        if behind is None:
            return []
        docs: list[Doc] = []
        while self._next < len(self._comments):
            comment = self._comments[self._next]
            if comment.start >= offset or (comment.own_line and comment.start > behind):
                break
            docs.append(Trailing(comment.text))
            self._next += 1
            if comment.text.startswith("//"):
                break
        return docs

    def _leading(self, offset: int, definition: Definition | None) -> Doc:
        """Comments before an offset, each on a line of its own; the empty lines between kept."""
        docs: list[Doc] = []
        comments = self._take(offset)
        text = self.file.source.text
        for number, comment in enumerate(comments):
            following = comments[number + 1].start if number + 1 < len(comments) else offset
            docs.append(_comment(comment))
            empty = _EMPTY_LINE.search(text[comment.end : following]) is not None
            docs.append(BLANK if empty else BREAK)
        return docs

    def _rest(self, behind: int | None) -> Doc:
        """The comments at the end."""
        end = len(self.file.source.text) + 1
        docs: list[Doc] = [self._trailing(end, behind)]
        text = self.file.source.text
        for comment in self._take(end):
            if behind is not None:
                empty = _EMPTY_LINE.search(text[behind : comment.start]) is not None
                docs.append(BLANK if empty else BREAK)
            docs.append(_comment(comment))
            behind = comment.end
        return docs

    def _between(self, offset: int, separator: Doc) -> Doc:
        """A separator, with the comments that stand before the offset around it."""
        comments = self._take(offset)
        if not comments:
            return separator
        docs: list[Doc] = []
        trailing, leading = _at_line_end(comments)
        docs.extend(Trailing(comment.text) for comment in trailing)
        docs.append(separator)
        for comment in leading:
            docs.extend((_comment(comment), BREAK))
        return docs

    # Definitions.

    def definition(self, node: Definition) -> Doc:
        """A definition without the ``;`` behind it."""
        match node:
            case TypeDefinition():
                return self._with_types("type", node.name, node.parents)
            case EntityDefinition():
                return self._with_types("entity", node.name, node.types)
            case PropertyDefinition():
                return ["property ", self._signature(node.signature), " : ", node.range.text]
            case EventDefinition():
                return self._event(node)
            case UtilityDefinition():
                whose = node.character.text if node.character is not None else ""
                return self._keyed([f"utility({whose}):"], node.expression)
            case Statement():
                return Group(Nest(self.expression(node.expression)))
            case ApparatusDefinition():
                return Group([node.key.text, Nest([SPACE, self._words(node.texts, ",")])])
            case Section():
                return self._section(node)

    def _with_types(self, word: str, name: Atom, types: Sequence[Atom]) -> Doc:
        doc = f"{word} {name.text}"
        return f"{doc} : {', '.join(one.text for one in types)}" if types else doc

    def _signature(self, node: Signature) -> Doc:
        return [node.name.text, self._parameters(node.parameters)]

    def _parameters(self, nodes: Sequence[ParameterNode]) -> Doc:
        if not nodes:
            return "()"
        words = [
            node.name.text if node.type is None else f"{node.name.text} : {node.type.text}"
            for node in nodes
        ]
        return Group(["(", Nest([NOTHING, join([",", SPACE], words)]), NOTHING, ")"])

    def _event(self, node: EventDefinition) -> Doc:
        head: Doc = [f"{node.kind} ", self._signature(node.signature), " {"]
        parts: list[Doc] = []
        for part in node.parts:
            parts.append(self._between(part.start, BREAK))
            parts.append([self._part(part), ";"])
        closing = self._before_brace(node.end - 1)
        if not parts and not closing:
            return [head, "}"]
        return [head, Nest([parts, closing]), BREAK, "}"]

    def _before_brace(self, offset: int) -> Sequence[Doc]:
        """Comments behind the last thing in a block."""
        trailing, leading = _at_line_end(self._take(offset))
        docs: list[Doc] = [Trailing(comment.text) for comment in trailing]
        for comment in leading:
            docs.extend((BREAK, _comment(comment)))
        return docs

    def _part(self, node: Part) -> Doc:
        key = node.key.text
        if node.expression is None:
            names = ", ".join(name.text for name in node.names)
            return f"{key}: {names}" if names else f"{key}:"
        head: Doc = key
        if node.variable is not None:
            head = [key, self._parameters((node.variable,))]
        return self._keyed([head, ":"], node.expression)

    def _keyed(self, head: Doc, expression: Node) -> Doc:
        """``head expression``, the expression indented below if it is long."""
        return Group(
            [head, Nest([self._between(expression.start, SPACE), self.expression(expression)])]
        )

    def _section(self, node: Section) -> Doc:
        head: list[Doc] = [node.kind]
        if node.name is not None:
            head.append(f" {node.name.text}")
        if FORMS[node.kind].head == "called":
            head.append(self._parameters(node.parameters))
        head.append(" {")
        entries: list[Doc] = []
        for entry in node.entries:
            entries.append(self._between(entry.start, SPACE))
            entries.append([self._entry(entry), ";"])
        closing = self._before_brace(node.end - 1)
        if not entries and not closing:
            return [head, "}"]
        return Group([head, Nest([entries, closing]), SPACE, "}"])

    def _entry(self, node: Entry) -> Doc:
        key = " ".join((node.key.text, *(word.text for word in node.words)))
        items: list[Doc] = []
        for number, item in enumerate(node.items):
            items.append(self._between(item.start, [",", SPACE] if number else SPACE))
            items.append(self._item(item))
        return Group([f"{key}:", Nest(items)])

    def _item(self, item: Item) -> Doc:
        if item.expression is None:
            return self._words(item.words, "")
        outer, self.mathematics = self.mathematics, True
        doc: Doc = Group(self.expression(item.expression))
        words = [word.text for word in item.words]
        if words == [HAPPENS]:
            doc = [f"{HAPPENS} ", doc]
        elif words:
            opening = f"{words[0]}({''.join(f'{who}, ' for who in words[1:])}"
            doc = self._bracketed(opening, item.expression, item.end)
        self.mathematics = outer
        return doc

    def _words(self, words: Sequence[Word], separator: str) -> Doc:
        docs = [_text(word.text) if word.kind == "text" else word.text for word in words]
        return join([separator, SPACE] if separator else " ", docs)

    # Expressions.

    def expression(self, node: Node) -> Doc:
        """An expression that has a bracket level to itself."""
        outer, self._in_branch = self._in_branch, False
        doc = self._node(bare(node), last=True)
        self._in_branch = outer
        return doc

    def _node(self, node: Node, *, last: bool) -> Doc:
        """``last``: nothing follows it at its level of brackets."""
        match node:
            case Atom():
                return node.text
            case Call():
                return f"{node.name.text}({', '.join(one.text for one in node.arguments)})"
            case Believing():
                return self._bracketed(f"believes({node.character.text}, ", node.body, node.end)
            case Attitude():
                whose = f"{node.character.text}, " if node.character is not None else ""
                return self._bracketed(f"{node.word}({whose}", node.body, node.end)
            case Chain():
                return self._chain(node, last)
            case Negation():
                return ["!", self._operand(node, node.body, last)]
            case Minus():
                return ["-", self._operand(node, node.body, last)]
            case Conditional():
                return self._conditional(node)
            case Binding():
                head = f"{node.quantity}({node.variable.text} : {node.type.text})"
                return Group([head, Nest([SPACE, self._operand(node, node.body, last)])])
            case Binary() if node.operator in (*_SUMS, *_PRODUCTS):
                return Group(self._terms(node, last))
            case Binary():
                left = self._operand(node, node.left, False)
                right = self._operand(node, node.right, last, right=True)
                gap = self._between(node.right.start, SPACE)
                return Group([left, f" {node.operator}", Nest([gap, right])])
            case Test():
                return [self._operand(node, node.body, False), f" : {node.type.text}"]
            case Bad():
                return self.file.source.text[node.start : node.end]
        return self._node(bare(node), last=last)

    def _chain(self, node: Chain, last: bool) -> Doc:
        docs: list[Doc] = []
        for number, part in enumerate(node.parts):
            if number:
                docs.append(f" {node.operator}")
                docs.append(self._between(part.start, SPACE))
            at_end = last and number == len(node.parts) - 1
            docs.append(self._operand(node, part, at_end))
        return docs

    def _terms(self, node: Binary, last: bool) -> list[Doc]:
        """The terms of a sum or the factors of a product, side by side or one below the other."""
        docs: list[Doc] = []
        for operand, right in ((node.left, False), (node.right, True)):
            child = bare(operand)
            if right:
                docs.extend((f" {node.operator}", self._between(operand.start, SPACE)))
            at_end = last and right
            if isinstance(child, Binary) and not self._wants_brackets(node, child, at_end, right):
                docs.extend(self._terms(child, at_end))
            else:
                docs.append(self._operand(node, operand, at_end, right=right))
        return docs

    def _conditional(self, node: Conditional) -> Doc:
        docs: list[Doc] = []
        outer, self._in_branch = self._in_branch, True
        end = node.start
        for number, (condition, branch) in enumerate(node.branches):
            if number:
                docs.append(self._between(self._next_token(end), SPACE))
            end = branch.end
            word = "elseif(" if number else "if("
            test = self._bracketed(word, condition, self._next_token(condition.end))
            gap = self._between(branch.start, SPACE)
            at_end = number == len(node.branches) - 1 and node.otherwise is None
            docs.extend((test, Nest([gap, self._operand(node, branch, at_end)])))
        if node.otherwise is not None:
            before = self._between(self._next_token(end), SPACE)
            gap = self._between(node.otherwise.start, SPACE)
            docs.extend((before, "else", Nest([gap, self._operand(node, node.otherwise, True)])))
        self._in_branch = outer
        return Group(docs)

    def _bracketed(self, opening: str, inside: Node, end: int) -> Doc:
        """``opening inside )``. ``end``: where the closing bracket stands, or a little later."""
        doc = self.expression(inside)
        return Group([opening, Nest([NOTHING, doc, self._before_brace(end)]), NOTHING, ")"])

    def _next_token(self, offset: int) -> int:
        """Where the first token at or behind an offset begins, white space and comments skipped."""
        found = _SKIPPED.match(self.file.source.text, offset)
        return found.end() if found is not None else offset

    def _operand(self, parent: Node, node: Node, last: bool, *, right: bool = False) -> Doc:
        """A part of an expression, in brackets if it must be or should be."""
        child = bare(node)
        if self._wants_brackets(parent, child, last, right):
            return self._bracketed("(", child, node.end)
        return self._node(child, last=last)

    def _wants_brackets(self, parent: Node, child: Node, last: bool, right: bool) -> bool:
        match child:
            case Atom() | Call() | Believing() | Attitude() | Bad():
                return False
            case _ if self.always_brackets:
                return True
            case Chain():
                ands_in_or = isinstance(parent, Chain) and (parent.operator, child.operator) == (
                    "|",
                    "&",
                )
                return not (self.mathematics and ands_in_or)
            case Conditional():
                # Two `else` at one level of brackets could not be told apart.
                return self._in_branch or not (last and isinstance(parent, Chain | Binding))
            case Binding():
                return not last or not (_lets_reach(parent) or _simple(child.body))
            case Negation():
                return isinstance(parent, Binary | Test) and not right
            case Test():
                return isinstance(parent, Negation) or (
                    isinstance(parent, Binary) and parent.operator != "="
                )
            case Binary():
                if isinstance(parent, Binary):
                    return self._binary_in_binary(parent.operator, child.operator, right)
                return isinstance(parent, Negation | Minus | Test)
        return False

    def _binary_in_binary(self, outer: str, inner: str, right: bool) -> bool:
        if outer == "=":
            return inner == "="
        if outer in _COMPARISONS:
            return inner in _COMPARISONS or inner == "="
        if inner in _COMPARISONS or inner == "=":
            return True
        if self.mathematics:
            if outer in _SUMS:
                return right and inner in _SUMS
            return right or inner in _SUMS
        if (outer in _SUMS) != (inner in _SUMS):
            return True
        # Sabre splits at the leftmost `+`, then `-` (`*`, then `/`), so `a + b + c` leans to the
        # right. The value is the same; no brackets for that.
        if right:
            return outer in ("-", "/")
        return (outer, inner) not in (("+", "-"), ("*", "/"))


def _stand_apart(before: Definition, definition: Definition, text: str) -> bool:
    """Whether an empty line belongs between two definitions that have none."""
    if isinstance(before, EventDefinition) or isinstance(definition, EventDefinition):
        return True
    made = not text  # from a model: each kind is a paragraph, each section too
    return made and (isinstance(definition, Section) or type(before) is not type(definition))


def _at_line_end(comments: list[Comment]) -> tuple[list[Comment], list[Comment]]:
    """Of comments, those that stand behind something on its line, and the others."""
    count = 0
    while count < len(comments) and not comments[count].own_line:
        count += 1
        if comments[count - 1].text.startswith("//"):
            break
    return comments[:count], comments[count:]


def _lets_reach(parent: Node) -> bool:
    """Whether a quantifier at the end of this may have any body without brackets around it."""
    return isinstance(parent, Chain | Binding | Negation) or (
        isinstance(parent, Binary) and parent.operator == "="
    )


def _simple(node: Node) -> bool:
    return isinstance(bare(node), Atom | Call | Believing | Attitude)


def _comment(comment: Comment) -> Doc:
    """A comment on lines of its own; the stars of a long one stay in line."""
    first, *others = comment.text.split("\n")
    if others and all(line.strip().startswith("*") for line in others):
        return join(BREAK, [first.rstrip(), *(f" {line.strip()}" for line in others)])
    return comment.text.replace("\r", "")


def _text(raw: str) -> Doc:
    """A text, which may go over several lines: broken between words that one space parts."""
    words = re.split(r"(?<=\S) (?=\S)", quoted(text_value(raw)))
    return [words[0], [Group([Line(" "), word]) for word in words[1:]]]
