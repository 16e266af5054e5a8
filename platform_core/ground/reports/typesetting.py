"""Markdown as Typst's own markup. Every word of a text is a string in it, so that none is ever read as a command."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode
from PIL import Image, UnidentifiedImageError

from platform_core.ground.texts.wikitext import Part, parse

WRAPPED = {"strong": "strong", "em": "emph", "s": "strike"}
SAFE = ("http://", "https://", "mailto:")
WIDTH = 450  # points of text beside the margins


def quoted(text: str) -> str:
    r"""A string literal. Typst knows `\u{…}` where JSON has `\u…`, so only quotes, strokes and breaks are escaped."""
    plain = "".join(sign for sign in text if sign in "\n\t" or sign >= " ")
    return json.dumps(plain, ensure_ascii=False).replace("\x7f", "")


def body(part: Part, folder: Path, number: int) -> str:
    """The markup of a part; its pictures are put into the folder, their names beginning with its number."""
    root = SyntaxTreeNode(parse(part.text))
    setter = Setter(part, folder, number)
    for node in root.walk():
        if node.type == "footnote":
            setter.notes[node.meta["id"]] = node
    heading = f"#heading(level: 1)[#{quoted(part.heading)};]\n\n" if part.heading else ""
    return heading + setter.all_of(node for node in root.children if node.type != "footnote_block")


@dataclass
class Setter:
    part: Part
    folder: Path
    number: int
    notes: dict[int, SyntaxTreeNode] = field(default_factory=dict)
    told: set[int] = field(default_factory=set)

    def all_of(self, nodes) -> str:
        return "".join(map(self.one, nodes))

    def one(self, node: SyntaxTreeNode) -> str:
        kind = node.type
        if kind in WRAPPED:
            return f"#{WRAPPED[kind]}[{self.all_of(node.children)}];"
        setter: Callable[[SyntaxTreeNode], str] | None = getattr(self, kind, None)
        if setter is not None:
            return setter(node)
        return self.all_of(node.children) if node.children else self.words(node.content)

    def words(self, text: str) -> str:
        return f"#{quoted(text)};" if text else ""

    def paragraph(self, node: SyntaxTreeNode) -> str:
        return f"{self.all_of(node.children)}\n\n"

    def heading(self, node: SyntaxTreeNode) -> str:
        return f"#heading(level: {min(4, max(2, int(node.tag[1])))})[{self.all_of(node.children)}]\n\n"

    def bullet_list(self, node: SyntaxTreeNode) -> str:
        return self.listed("list", node)

    def ordered_list(self, node: SyntaxTreeNode) -> str:
        begin = int(node.attrs.get("start", 1))
        return self.listed(f"enum.with(start: {begin})", node)

    def listed(self, kind: str, node: SyntaxTreeNode) -> str:
        return f"#({kind})({', '.join(f'[{self.all_of(item.children)}]' for item in node.children)});\n\n"

    def blockquote(self, node: SyntaxTreeNode) -> str:
        return f"#quote(block: true)[{self.all_of(node.children)}]\n\n"

    def fence(self, node: SyntaxTreeNode) -> str:
        return f"#raw({quoted(node.content.rstrip())}, block: true);\n\n"

    code_block = fence

    def code_inline(self, node: SyntaxTreeNode) -> str:
        return f"#raw({quoted(node.content)});"

    def hr(self, node: SyntaxTreeNode) -> str:
        return "#line(length: 100%, stroke: 0.4pt);\n\n"

    def softbreak(self, node: SyntaxTreeNode) -> str:
        return " "

    def hardbreak(self, node: SyntaxTreeNode) -> str:
        return "#linebreak();"

    def footnote_anchor(self, node: SyntaxTreeNode) -> str:
        return ""

    def footnote_ref(self, node: SyntaxTreeNode) -> str:
        """The note itself where it is called first, its number where it is called again."""
        number = node.meta["id"]
        if number in self.told or number not in self.notes:
            return f"#super[{number + 1}];"
        self.told.add(number)
        return f"#footnote[{self.all_of(self.notes[number].children)}];"

    def link(self, node: SyntaxTreeNode) -> str:
        address, told = str(node.attrs.get("href", "")), self.all_of(node.children)
        return f"#link({quoted(address)})[{told}];" if address.startswith(SAFE) and told else told

    def image(self, node: SyntaxTreeNode) -> str:
        """As a PNG, whatever it was; one that cannot be read is told by its words alone."""
        name = f"{self.number}-{len(list(self.folder.iterdir()))}.png"
        try:
            with Image.open(io.BytesIO(self.part.images.get(str(node.attrs.get("src", "")), b""))) as picture:
                picture.convert("RGBA").save(self.folder / name)
                width = min(WIDTH, picture.width * 0.75)
        except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
            return self.words(f"[{node.content}]")
        return f"#image({quoted(name)}, width: {width}pt, alt: {quoted(node.content)});"

    def table(self, node: SyntaxTreeNode) -> str:
        rows = [row for half in node.children for row in half.children]
        columns = max((len(row.children) for row in rows), default=0)
        if not columns:
            return ""
        cells = [[f"[{self.all_of(cell.children)}]" for cell in row.children] for row in rows]
        head = ", ".join(f"strong{cell}" for cell in cells[0])
        rest = "".join(f", {', '.join(row)}" for row in cells[1:])
        return f"#table(columns: {columns}, table.header({head}){rest});\n\n"
