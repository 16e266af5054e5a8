"""What was said of the passages of a text, beside them as they stand now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from platform_core.ground.texts.passages import Passage, found_again, page as numbered_page, with_items

from ..models import Comment


@dataclass(frozen=True)
class Said:
    """A comment; `quote` is what stood there when it was written, empty while that is what stands there."""

    comment: Comment
    quote: str = ""


@dataclass
class Spoken:
    """A passage with what was said of it; without a passage, what was said of all of it or of nothing that still stands.

    `items` are those of a list, by their numbers.
    """

    passage: Passage | None = None
    open: list[Said] = field(default_factory=list)
    settled: list[Said] = field(default_factory=list)
    items: dict[int, "Spoken"] = field(default_factory=dict)

    @property
    def pieces(self) -> "list[tuple[SafeString, Spoken | None]]":
        """The passage's HTML up to where each item ends, with the item."""
        return [(html, self.items[item.number] if item else None) for html, item in self.passage.pieces]

    @property
    def said(self) -> list[Said]:
        return [*self.open, *self.settled]

    def unquoted(self) -> None:
        """Without what stood there, for whoever may not see it."""
        self.open = [Said(one.comment) for one in self.open]
        self.settled = [Said(one.comment) for one in self.settled]

    def add(self, said: Said) -> None:
        is_over = said.comment.settled_on or said.comment.hidden_because
        (self.settled if is_over else self.open).append(said)


@dataclass
class Discussed:
    """A text with what was said of it: `places` are all its passages in their order, each list before its items."""

    whole: Spoken
    places: list[Spoken]
    gone: Spoken

    @property
    def parts(self) -> list[Spoken]:
        """The places that stand in no other."""
        return [place for place in self.places if not place.passage.place[1]]

    @property
    def spoken(self) -> list[Spoken]:
        """The places of which something was said."""
        return [place for place in self.places if place.said]

    @property
    def open(self) -> int:
        """How many are not settled."""
        return sum(len(place.open) for place in (self.whole, *self.places, self.gone))

    def unquoted(self) -> "Discussed":
        for place in (self.whole, *self.places, self.gone):
            place.unquoted()
        return self

    def at(self, number: int) -> Spoken:
        """The page of that number, whether anything was said of it or not."""
        found = (place for place in self.places if place.passage.number == number)
        return next(found, None) or Spoken(numbered_page(number))

    def place_of(self, comment: Comment) -> Passage | None:
        """The passage a comment stands beside."""
        beside = (place.passage for place in self.spoken for said in place.said if said.comment.pk == comment.pk)
        return next(beside, None)


def discussed(
    comments: Iterable[Comment],
    now: Sequence[Passage],
    version: str,
    earlier: Mapping[str, Sequence[Passage]],
    *,
    keep_numbers: bool = False,
) -> Discussed:
    """Every comment beside the passage it is about.

    `now` are the passages of `version`, `earlier` those of the other versions that comments were written on. What a passage
    has become is the one most like it or, with `keep_numbers`, the one of its number.
    """
    parts = with_items(now)
    places = {one.number: Spoken(one) for one in parts}
    for one in now:
        places[one.number].items = {item.number: places[item.number] for item in one.items}
    texts = {**earlier, version: now}
    written = {name: {one.number: one for one in with_items(passages)} for name, passages in texts.items()}
    found = Discussed(Spoken(), list(places.values()), Spoken())
    known: dict[tuple[str, int], Passage | None] = {}
    for comment in comments:
        if comment.anchor is None:
            found.whole.add(Said(comment))
            continue
        there = written.get(comment.version, {})
        before, key = there.get(comment.anchor), (comment.version, comment.anchor)
        if key not in known:
            known[key] = before if comment.version == version else moved(before, there, parts)
        spoken = places.get(known[key].number if known[key] else comment.anchor if keep_numbers else 0)
        is_same = spoken is not None and before is not None and spoken.passage.words == before.words
        (found.gone if spoken is None else spoken).add(Said(comment, before.words if before and not is_same else ""))
    return found


def moved(before: Passage | None, there: Mapping[int, Passage], now: Sequence[Passage]) -> Passage | None:
    return found_again(before, now, {one.words for one in there.values()}) if before and before.words else None
