"""DOCX files from a title and Markdown: headings, lists, tables, pictures, footnotes at the end, links to click."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import docx
from docx.document import Document
from docx.image.exceptions import UnrecognizedImageError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from markdown_it.token import Token

from platform_core.ground.texts.wikitext import Part, parse

WIDTH = Cm(16)
DEEPEST = 3
UNREADABLE = (UnrecognizedImageError, OSError, ValueError, ZeroDivisionError, KeyError)


@dataclass
class Writer:
    """Puts tokens into a document one after the other. `images` are pictures by the names the text calls them."""

    made: Document
    images: Mapping[str, bytes]
    lists: list[str] = field(default_factory=list)
    quoted: int = 0
    place: Callable[..., Paragraph] | None = None
    marks: list[str] = field(default_factory=list)
    address: str = ""
    item_begins: bool = False

    def write(self, tokens: Sequence[Token]) -> None:
        place = 0
        while place < len(tokens):
            token = tokens[place]
            if token.type == "table_open":
                end = next(at for at in range(place, len(tokens)) if tokens[at].type == "table_close")
                self.table(tokens[place:end])
                place = end
            elif token.type == "inline":
                self.paragraph(token, tokens[place - 1] if place else token)
            else:
                self.block(token)
            place += 1

    def block(self, token: Token) -> None:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            self.lists.append("List Bullet" if token.type.startswith("bullet") else "List Number")
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self.lists.pop()
        elif token.type == "list_item_open":
            self.item_begins = True
        elif token.type in {"blockquote_open", "blockquote_close"}:
            self.quoted += 1 if token.type.endswith("open") else -1
        elif token.type in {"fence", "code_block"}:
            code = self.made.add_paragraph(style="No Spacing").add_run(token.content.rstrip("\n"))
            code.font.name = "Courier New"
        elif token.type == "hr":
            self.made.add_paragraph("* * *")
        elif token.type == "footnote_block_open":
            self.made.add_paragraph("_" * 20)
        elif token.type == "footnote_open":
            self.place = self.footnote(token.meta["id"] + 1)

    def footnote(self, number: int) -> Callable[..., Paragraph]:
        def begin() -> Paragraph:
            paragraph = self.made.add_paragraph()
            paragraph.add_run(str(number)).font.superscript = True
            paragraph.add_run(" ")
            return paragraph

        return begin

    def paragraph(self, token: Token, before: Token) -> None:
        if before.type == "heading_open":
            paragraph = self.made.add_heading(level=min(4, max(1, int(before.tag[1]) - 1)))
        elif self.place is not None:
            paragraph, self.place = self.place(), None
        else:
            paragraph = self.made.add_paragraph(style=self.style())
        self.spell(paragraph, token.children or [])

    def style(self) -> str:
        if self.lists:
            depth = min(DEEPEST, len(self.lists))
            kind = self.lists[-1] if self.item_begins else "List Continue"
            self.item_begins = False
            return kind if depth == 1 else f"{kind} {depth}"
        return "Quote" if self.quoted else "Normal"

    def spell(self, paragraph: Paragraph, tokens: Sequence[Token]) -> None:
        for token in tokens:
            kind = token.type
            if kind in {"strong_open", "em_open", "s_open"}:
                self.marks.append(kind.partition("_")[0])
            elif kind in {"strong_close", "em_close", "s_close"}:
                self.marks.remove(kind.partition("_")[0])
            elif kind == "link_open":
                self.address = str(token.attrs.get("href", ""))
            elif kind == "link_close":
                self.address = ""
            elif kind == "image":
                self.picture(paragraph, token)
            else:
                self.run(paragraph, token)

    def run(self, paragraph: Paragraph, token: Token) -> None:
        told = {"softbreak": " ", "hardbreak": "\n", "footnote_anchor": ""}.get(token.type, token.content)
        if token.type == "footnote_ref":
            told = str(token.meta["id"] + 1)
        if not told:
            return
        run = paragraph.add_run(told)
        run.bold, run.italic = "strong" in self.marks or None, "em" in self.marks or None
        run.font.strike = "s" in self.marks or None
        run.font.superscript = token.type == "footnote_ref" or None
        if token.type == "code_inline":
            run.font.name = "Courier New"
        if self.address.startswith(("http://", "https://", "mailto:")):
            run.font.underline = True
            linked(paragraph, run, self.address)

    def picture(self, paragraph: Paragraph, token: Token) -> None:
        """With its words for those who do not see it; one that cannot be read is told by its words alone."""
        content = self.images.get(str(token.attrs.get("src", "")))
        run = paragraph.add_run()
        try:
            drawn = run.add_picture(io.BytesIO(content or b""))
        except UNREADABLE:
            run.add_text(f"[{token.content}]")
            return
        if drawn.width > WIDTH:
            drawn.height, drawn.width = int(drawn.height * WIDTH / drawn.width), WIDTH
        drawn._inline.docPr.set("descr", token.content)

    def table(self, tokens: Sequence[Token]) -> None:
        rows: list[list[Token]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(token)
        columns = max(map(len, rows), default=0)
        if not columns:
            return
        table = self.made.add_table(rows=0, cols=columns, style="Table Grid")
        for number, row in enumerate(rows):
            for cell, content in zip(table.add_row().cells, row, strict=False):
                self.marks = [] if number else ["strong"]
                self.spell(cell.paragraphs[0], content.children or [])
        self.marks = []
        head = table.rows[0]._tr.get_or_add_trPr()
        head.append(OxmlElement("w:tblHeader"))
        self.made.add_paragraph()


def linked(paragraph: Paragraph, run, address: str) -> None:
    """Moves a run into a link to an address outside."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(run._r)
    paragraph._p.append(link)


def clean(text: str) -> str:
    """Without the signs that no XML file can hold."""
    return "".join(sign for sign in text if sign in "\n\t" or (sign >= " " and sign not in "\ufffe\uffff"))


def markdown_to_docx(title: str, parts: Sequence[Part], language: str) -> bytes:
    """A document of one or more Markdown texts; `language` is a BCP 47 tag."""
    made = docx.Document()
    made.core_properties.title, made.core_properties.language = clean(title)[:255], language
    made.core_properties.author = ""
    normal = made.styles["Normal"]
    normal.font.size = Pt(11)
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), language)
    normal.element.get_or_add_rPr().append(tag)
    made.add_heading(clean(title), level=0)
    for part in parts:
        if part.heading:
            made.add_heading(clean(part.heading), level=1)
        Writer(made, part.images).write(parse(clean(part.text)))
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()
