"""Programs that are short to send and hard to read: each a legal or illegal piece of Python that some parser choked on."""

from collections.abc import Iterator
from itertools import chain

MAX_CHARACTERS = 200_000


def filled(unit: str, head: str = "", tail: str = "") -> str:
    """Return as many units as a program may have, between its head and its tail."""
    return head + unit * ((MAX_CHARACTERS - len(head) - len(tail)) // len(unit)) + tail


def nested(opening: str, middle: str, closing: str, depth: int) -> str:
    return opening * depth + middle + closing * depth


def indented(header: str, depth: int) -> str:
    lines = [f"{' ' * level}{header}" for level in range(depth)]
    return "\n".join([*lines, " " * depth + "pass"])


def formatted(depth: int) -> str:
    """Return f-strings within f-strings."""
    text = "a"
    for _ in range(depth):
        text = f'f"{{{text}}}"'
    return text


def _chains() -> Iterator[tuple[str, str]]:
    yield "8,000 terms", "x = " + "+".join(["1"] * 8_000)
    yield "a sum", filled("1+", "x = ", "1")
    yield "a sum of names", filled("a+", "x = ", "a")
    yield "powers", filled("2**", "x = ", "2")
    yield "attributes", filled(".y", "x")
    yield "indices", filled("[0]", "x")
    yield "calls", filled("()", "x")
    yield "comparisons", filled("<a", "a")
    yield "alternatives", filled(" or a", "a")
    yield "conditions", filled("1 if 1 else ", "x = ", "1")
    yield "assignments", filled("a=", "", "1")
    yield "branches", filled("elif a:\n 0\n", "if a:\n 0\n")
    yield "handlers", filled("except a:\n 0\n", "try:\n 0\n")
    yield "cases", filled(" case 1:\n  0\n", "match x:\n")
    yield "patterns", filled("1|", "match x:\n case ", "1:\n  0\n")
    yield "minus signs", filled("-", "x = ", "1")
    yield "negations", filled("not ", "x = ", "1")
    yield "lambdas", filled("lambda:", "x = ", "0")
    yield "awaits", filled("await ", "async def f():\n ", "a")
    yield "decorators", filled("@a\n", "", "def f(): 0")
    yield "a dotted name", filled(".a", "import a")
    yield "a dotted decorator", filled(".a", "@a", "\ndef f(): 0")


def _nests() -> Iterator[tuple[str, str]]:
    yield "parentheses", nested("(", "0", ")", 190)
    yield "brackets", nested("[", "", "]", 90)
    yield "braces", nested("{", "", "}", 99)
    yield "dicts", nested("{0:", "0", "}", 190)
    yield "100,000 parentheses", nested("(", "", ")", 100_000)
    yield "100,000 brackets", nested("[", "", "]", 100_000)
    yield "parentheses that never close", filled("(")
    yield "brackets that never close", "[" * 199
    yield "comprehensions", nested("[", "a", " for a in a]", 60)
    yield "generators", nested("(", "a", " for a in a)", 99)
    yield "yields", f"def f():\n x = {nested('(yield ', '0', ')', 60)}"
    yield "blocks", indented("if 1:", 99)
    yield "too many blocks", indented("if 1:", 150)
    yield "functions", indented("def f():", 99)
    yield "classes", indented("class A:", 99)
    yield "f-strings", formatted(140)
    yield "format specifications", "f'" + nested("{a:", "", "}", 140) + "'"
    yield "parentheses in an f-string", "f'{" + nested("(", "a", ")", 150) + "}'"
    yield "list patterns", f"match x:\n case {nested('[', 'a', ']', 99)}:\n  0\n"
    yield "class patterns", f"match x:\n case {nested('A(', 'a', ')', 99)}:\n  0\n"
    yield "walruses", nested("(a:=", "1", ")", 90)
    for opening, closing in ("()", "[]", ("{a:", "}"), ("f(a=", ")"), ("(a,", ")"), ("lambda x=(", ":0)")):
        yield f"a mistake within {opening}", nested(opening, "a b", closing, 60)
    yield "a target in parentheses", f"for {nested('(', 'a', ')', 150)} in b: 0"
    yield "a context in parentheses", f"with {nested('(', 'a b', ')', 100)}: 0"


def _lists() -> Iterator[tuple[str, str]]:
    yield "a list", filled("1,", "[", "]")
    yield "a tuple", filled("a,")
    yield "lists in a list", filled("[],", "[", "]")
    yield "a dict", filled("1:1,", "{", "}")
    yield "arguments", filled("a,", "f(", ")")
    yield "starred arguments", filled("*a,", "f(", ")")
    yield "slices", filled(":,", "x[", "]")
    yield "contexts", filled("a,", "with ", "a: 0")
    yield "imported names", filled("a,", "from a import ", "a")
    yield "loops of a comprehension", filled(" for a in a", "[a", "]")
    yield "conditions of a comprehension", filled(" if a", "[a for a in a", "]")
    yield "statements", filled("a\n")
    yield "statements in a line", filled("1;")
    yield "empty lines", filled("\n")
    yield "carriage returns", filled("a\r")
    yield "comments", filled("#\n")
    yield "fields of an f-string", filled("{a}", "f'", "'")
    yield "f-strings side by side", filled("f'{a}'")
    yield "strings side by side", filled("''")
    yield "parameters", "def f(" + ",".join(f"a{number}" for number in range(28_000)) + "): 0"
    yield "parameters in a wrong order", filled("a=1,", "def f(", "b): 0")
    yield "a mistake after many statements", filled("a\n", "", "a b")
    yield "a mistake after many items", filled("a,", "[", "a b]")


def _texts() -> Iterator[tuple[str, str]]:
    yield "a number of 4,300 digits", "x = " + "9" * 4_300
    yield "a number of 200,000 digits", filled("9", "x = ")
    yield "a hexadecimal number", filled("f", "x = 0x")
    yield "numbers of 4,300 digits", filled("9" * 4_299 + ",", "[", "]")
    yield "infinite numbers", filled("1e400,", "[", "]")
    yield "a long string", filled("a", "'", "'")
    yield "escapes", filled("\\x41", "'", "'")
    yield "named escapes", filled("\\N{DIGIT ONE}", "'", "'")
    yield "wrong escapes", filled("'\\q'\n")
    yield "quotes", filled("'")
    yield "a string that never ends", filled("a\n", "'''")
    yield "accents on a letter", filled("\u0323\u0307", "a")
    yield "few accents on a letter", "a" + "\u0323\u0307" * 1_400
    yield "ligatures", filled("ﬁ", "", " = 1")
    yield "letters that are several", filled("ﷺ;")
    yield "backslashes", filled("\\")
    yield "lines that go on", filled("\\\n", "x = ", "1")
    yield "form feeds", filled("\f")
    yield "indentation", filled(" ", "if 1:\n", "a")
    yield "tabs and blanks", "if 1:\n\ta\n        b\n"
    yield "a wrong dedent", "if 1:\n    a\n  b"
    yield "operators", filled("+-*/%&|^~<>=!")
    yield "stars", filled("*", "", "a")
    yield "print without parentheses", filled("print a\n")
    yield "a null character", "x = 1\0"
    yield "half a character", "x = '\ud800'"
    yield "half a character as a name", "\udfff = 1"
    yield "two byte order marks", "\ufeff\ufeffx = 1"
    yield "an unknown encoding", "# coding: nonsense\nx = (\n"
    yield "another encoding", "# -*- coding: utf-7 -*-\nx = '+AGE-\n"
    yield "nothing but a letter too many", "a" * (MAX_CHARACTERS + 1)


PROGRAMS = dict(chain(_chains(), _nests(), _lists(), _texts()))
