"""Name-parts: the sounds of one word of a name, ready to be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from habeas.names.lexicon import known_ids, rarity
from habeas.names.tables import alphabet, features, labels, second_reading
from habeas.names.text import ARABIC, CYRILLIC, HEBREW, LATIN, OTHER, script_of

FUSED_ABD = {
    LATIN: re.compile(r"^abd(?:[aeou]+l|[aeou](?=([rsdtnz])\1)|[aeou](?=sh))([a-z]{2,})$"),
    CYRILLIC: re.compile(r"^абд(?:[уаео]ль?|[уаеоэ](?=([рсдтнз])\1))([а-я]{2,})$"),
    ARABIC: re.compile(r"^عبد(?:ال)()(.{2,})$"),
    HEBREW: re.compile(r"^עבד(?:אל)()(.{2,})$"),
}
FUSED_ARTICLE = {
    LATIN: re.compile(r"^[ae]l(?=[a-z]{4})"),
    CYRILLIC: re.compile(r"^[аэ]ль(?=.{3})"),
    ARABIC: re.compile(r"^ال(?=.{2})"),
    HEBREW: re.compile(r"^אל(?=.{3})"),
}
FUSED_ABU = {
    LATIN: re.compile(r"^ab[uo]u?l?([a-z]{4,})$"),
    CYRILLIC: re.compile(r"^абуль?([а-я]{4,})$"),
    ARABIC: re.compile(r"^ابو(?:ال)?(.{3,})$"),
    HEBREW: re.compile(r"^אבו(?:אל)?(.{3,})$"),
}
READ = frozenset([LATIN, CYRILLIC, ARABIC, HEBREW])
LEADS = frozenset(["m-h-m-d", "m-h-m-t", "m-d", "s-d", "s-y-d", "h-m-d", "m-r"])  # Mohammad, Sayed, Ahmad, Mir
# sounds that spellings exchange freely, as one letter; others by their first letter
COARSE = {
    **dict.fromkeys(("k", "q", "g", "gh", "c_hard", "kaf", "g_cyr", "j", "jim", "dj"), "k"),
    **dict.fromkeys(("kh", "x", "chet", "hah", "h", "final_h"), "h"),
    **dict.fromkeys(("v", "w", "f", "pe"), "v"),
    **dict.fromkeys(("b", "bet", "p"), "b"),
    **dict.fromkeys(("t", "d", "th", "dh", "dad"), "t"),
    **dict.fromkeys(("s", "z", "ts", "zah", "c_soft", "tsadi"), "s"),
    **dict.fromkeys(("sh", "ch", "tsh", "zh", "shin"), "S"),
}
FEMININE = {LATIN: ("a", "ah", "eh"), CYRILLIC: ("а", "я"), ARABIC: ("ة", "ه", "ا"), HEBREW: ("ה", "א")}


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One part of a name as it is compared.

    `text` is its folded spelling, `full` and `bare` its features (sounds.toml) with and without short vowels, `ids` the
    known names that it spells, `mark` is "", "abd", "abu" or "umm", `other` the same part read another way (its article kept on).
    """

    text: str
    script: str
    full: str
    bare: str
    consonants: tuple[str, ...]
    coarse: str
    ids: tuple[int, ...]
    rarity: float
    mark: str = ""
    abjad: bool = False
    is_title: bool = False
    had_article: bool = False
    is_feminine: bool = False
    others: tuple[Unit, ...] = field(default=(), repr=False)

    @property
    def is_lead(self) -> bool:
        """Whether it is a part often put before the given name, or left out there: Mohammad, Sayed, Ahmad, Mir."""
        return "-".join(self.consonants) in LEADS

    @property
    def is_initial(self) -> bool:
        """Whether the part is a single letter."""
        return len(self.text) == 1


def sounds_of(text: str, script: str, other: bool = False) -> list[str]:
    """The sounds of a folded word; a letter that the script's table does not know stands for itself."""
    if script == OTHER:
        return list(text)
    table = alphabet(script, other)
    out: list[str] = []
    at = 0
    while at < len(text):
        match = table.pattern.match(text, at)
        if match is None:
            out += [] if text[at] == "'" else [text[at]]
            at += 1
            continue
        out += [s for s in table.sounds[f"{match.lastgroup}:{match.group()}"] if not out or s != out[-1]]
        at = match.end()
    return out


def _ends_feminine(text: str, script: str) -> bool:
    return text.endswith(FEMININE.get(script, ("a",)))


def build(text: str, script: str, sounds: list[str], **more: object) -> Unit:
    """The unit of `sounds`; `more` are its other fields."""
    full, bare = features()
    ids = known_ids(text)
    return Unit(
        text,
        script,
        "".join(full.get(s, s * 3) for s in sounds),
        "".join(bare.get(s, s * 3) for s in sounds),
        tuple(label for s in sounds if (label := labels().get(s, s))),
        "".join(COARSE.get(s, s[0]) for s in sounds if labels().get(s, s)),
        ids=ids,
        rarity=rarity(ids),
        abjad=script in (ARABIC, HEBREW),
        is_feminine=len(sounds) > 2 and _ends_feminine(text, script),
        **more,  # type: ignore[arg-type]
    )


def make_unit(text: str, mark: str = "", is_title: bool = False) -> Unit:
    """The unit of one folded word, `mark` being what came before it (abd, abu, umm)."""
    script = script_of(text.lstrip("'")[:1] or "'")
    had_article = False
    if not mark and script in FUSED_ABD:
        if fused := FUSED_ABD[script].match(text):
            mark, text, had_article = "abd", fused.group(2), True
        elif fused := FUSED_ABU[script].match(text):
            mark, text = "abu", fused.group(1)
    if mark == "abd" and script == LATIN and re.fullmatch(r"[aou]?l+ah?", text):
        text = "lah"
    prefix = [mark] if mark else []

    def read(word: str, other: bool = False, others: tuple[Unit, ...] = (), article: bool = had_article) -> Unit:
        return build(
            word,
            script,
            prefix + sounds_of(word, script, other),
            mark=mark,
            is_title=is_title,
            had_article=article,
            others=others,
        )

    again = second_reading(script) if script in READ else None
    second = (read(text, other=True),) if again and again.search(text) else ()
    article = FUSED_ARTICLE[script].match(text) if script in FUSED_ARTICLE and not had_article else None
    if article and script == ARABIC:
        rest = text[article.end() :]
        second = (read(rest, other=True, article=True),) if again and again.search(rest) else ()
        return read(rest, others=(read(text), *second), article=True)
    others: tuple[Unit, ...] = (read(text[article.end() :], article=True),) if article else ()
    return read(text, others=others + second)


def join_units(first: Unit, second: Unit) -> Unit:
    """Two neighbouring units as one: Salah al-Din, Aziz Allah, Ahmad Reza."""
    text = first.text + second.text
    ids = known_ids(text)
    return Unit(
        text,
        first.script,
        first.full + second.full,
        first.bare + second.bare,
        first.consonants + second.consonants,
        first.coarse + second.coarse,
        ids=ids,
        rarity=rarity(ids),
        mark=first.mark,
        abjad=first.abjad,
        is_feminine=second.is_feminine,
    )
