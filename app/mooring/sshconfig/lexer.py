"""One line of ssh_config(5) into its keyword and arguments, exactly as OpenSSH cuts it.

Two cutters are at work, as in OpenSSH: the keyword ends at white space, at one `=` or at a quoted part
(`strdelim`), the arguments are words with quotes and escapes (`argv_split`). They disagree in places (a quoted keyword
is never followed by `=`; `\\r` separates the keyword but not the arguments), and so do these.
"""

from __future__ import annotations

import re

from mooring.sshconfig.text import ascii_lower

WHITESPACE = " \t\r\n"
_USUAL = re.compile(r"[ \t]*([A-Za-z0-9]+)(?:[ \t]+(?:=[ \t]*)?|=[ \t]*)([^ \t\r\n\f\0=][^\0]*)", re.DOTALL)
"""What nearly every line looks like; it is cut in one go, for some files have fifty thousand."""
_KEYWORD_END = re.compile(r'[ \t\r\n"=]')
_PLAIN = re.compile(r"""[^"'\\#]*""")


class LexError(ValueError):
    """A quote that is opened and never closed."""


def split_keyword(line: str) -> tuple[str, str] | None:
    """Cut a line into its keyword, lower-case, and the text behind it; None for a blank line or a comment.

    A keyword with an unclosed quote makes the whole line count as blank, which is what ssh does with it.
    """
    usual = _USUAL.fullmatch(line)
    if usual is not None:
        return ascii_lower(usual[1]), usual[2].rstrip(WHITESPACE + "\f")
    line = line.partition("\0")[0]
    line = line[:1] + line[1:].rstrip(WHITESPACE + "\f")
    word, rest = _next_word(line)
    if word == "" and rest is not None:
        word, rest = _next_word(rest)
    if not word or word[0] in "#\n":
        return None
    return ascii_lower(word), (rest or "").lstrip(WHITESPACE)


def split_arguments(text: str, *, comments: bool = True) -> list[str]:
    """Split the text behind a keyword into words; with `comments`, `#` at the start of a word begins one.

    Single and double quotes group; a backslash escapes a quote, a backslash, and outside quotes a space.
    Raises `LexError` for an unclosed quote.
    """
    if _PLAIN.fullmatch(text):
        return [word for word in text.replace("\t", " ").split(" ") if word]
    words: list[str] = []
    position, length = 0, len(text)
    while position < length:
        if text[position] in " \t":
            position += 1
        elif comments and text[position] == "#":
            break
        else:
            word, position = _word_at(text, position)
            words.append(word)
    return words


def _next_word(text: str) -> tuple[str | None, str | None]:
    """Cut the first word: (word, rest); rest is None at the end of the line, word is None for an unclosed quote."""
    end = _KEYWORD_END.search(text)
    if end is None:
        return text, None
    start = end.start()
    if text[start] == '"':
        closing = text.find('"', start + 1)
        if closing < 0:
            return None, None
        return text[:start] + text[start + 1 : closing], text[closing + 1 :].lstrip(WHITESPACE)
    rest = text[start + 1 :].lstrip(WHITESPACE)
    if text[start] != "=" and rest.startswith("="):
        rest = rest[1:].lstrip(WHITESPACE)
    return text[:start], rest


def _word_at(text: str, position: int) -> tuple[str, int]:
    """Read one word from `position`: the word, and where the next may begin."""
    word: list[str] = []
    quoting = ""
    length = len(text)
    while position < length:
        character = text[position]
        following = text[position + 1] if position + 1 < length else ""
        if character == "\\" and following and (following in "'\"\\" or (following == " " and not quoting)):
            word.append(following)
            position += 1
        elif not quoting and character in " \t":
            break
        elif not quoting and character in "\"'":
            quoting = character
        elif character == quoting:
            quoting = ""
        else:
            word.append(character)
        position += 1
    if quoting:
        raise LexError("invalid quotes")
    return "".join(word), position
