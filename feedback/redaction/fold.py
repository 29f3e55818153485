"""Characters made plain, one for one: a pattern sees ordinary digits, and offsets still point into the original."""

import unicodedata

_QUOTES = "\u2018\u2019\u201b\u2032\u02bc\uff07`\u00b4"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
_SAME = dict.fromkeys(_QUOTES, "'") | dict.fromkeys(_DASHES, "-")

# Letters that Unicode does not take apart into a plain letter and an accent.
_STROKES = str.maketrans(
    {"\u0142": "l", "\u00f8": "o", "\u0111": "d", "\u0131": "i", "\u00e6": "ae", "\u0153": "oe", "\u00f0": "d"}
)


def fold(text: str) -> str:
    """The text with look-alike digits, quotes, dashes and spaces made plain; always of the same length."""
    if text.isascii():
        return text
    return text.translate({ord(char): plain(char) for char in set(text) if not char.isascii()})


def plain(char: str) -> str:
    """The everyday character for one Unicode character, or the character itself."""
    if char in _SAME:
        return _SAME[char]
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category in {"Zs", "Cf"}:
        return " "
    shape = unicodedata.normalize("NFKC", char)
    return shape if len(shape) == 1 else char


def key(word: str) -> str:
    """The form a word is looked up by: lower case, without accents, possessive or full stops."""
    bare = word.casefold()
    if not bare.isascii():
        bare = bare.translate(_STROKES)
        bare = "".join(char for char in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(char))
    return bare.replace(".", "").removesuffix("'s").rstrip("'")
