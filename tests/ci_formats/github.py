"""Reads workflow commands by the rules of GitHub Actions and compares them with the JSON of the same findings.

The rules are those of the runner: a command is a line that begins with `::`; up to the next `::` stand its name and,
after a space, properties `key=value` between commas; what follows is its message. `%25`, `%0D`, `%0A` are unescaped in
messages, `%3A` and `%2C` besides in properties. No line of a log may be anything else.

    python3 github.py FOLDER LANGUAGE
"""

import json
import posixpath
import re
import sys
import unicodedata
from collections import Counter

COMMANDS = {"error", "warning", "notice"}
KEYS = ["file", "line", "col", "endColumn", "title"]
TURNING = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}


def unescape(text, codes):
    stray = re.sub("|".join(codes), "", text)
    assert "%" not in stray, f"an escape that the runner does not know: {text!r}"
    for code, char in codes.items():
        text = text.replace(code, char)
    return text


DATA = {"%0D": "\r", "%0A": "\n", "%25": "%"}
PROPERTY = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}


def read(line):
    assert line.startswith("::"), f"not a command: {line!r}"
    end = line.index("::", 2)
    name, _, properties = line[2:end].partition(" ")
    assert name in COMMANDS, name
    pairs = {}
    for pair in filter(None, properties.split(",")):
        key, separator, value = pair.partition("=")
        assert separator and ":" not in value, pair
        pairs[key.strip()] = unescape(value, PROPERTY)
    return name, pairs, unescape(line[end + 2 :], DATA)


def harmless(text):
    """A text without what would paint a log; line ends are kept."""
    return "".join(
        " " if (unicodedata.category(c) == "Cc" and c not in "\r\n") or c in TURNING else c for c in text
    )


def expected(finding, lang):
    command = {"error": "error", "warning": "warning", "info": "notice"}[finding["severity"]]
    said = [finding["message"][lang]]
    for also in finding["also"]:
        said.append(f"{also['path']}:{also['line']}:{also['column']}: {also['text'][lang]}")
    if finding["accepted"] is not None:
        command = "notice"
        said.append({"ko": "수용: ", "en": "accepted: "}[lang] + finding["accepted"][lang])
    elif finding["way_out"][lang]:
        said.append(finding["way_out"][lang])
    properties = [
        posixpath.normpath(finding["path"]),
        str(finding["line"]),
        str(finding["column"]),
        str(finding["end_column"]),
        f"{finding['code']} {finding['name']}",
    ]
    return command, tuple(map(harmless, properties)), harmless("\n".join(said))


def main(folder, lang):
    with open(f"{folder}/found.json", encoding="utf-8") as file:
        check = json.load(file)
    with open(f"{folder}/found.log", encoding="utf-8", newline="") as file:
        # As the runner does, which knows these line ends only.
        lines = re.split("\r\n|\r|\n", file.read())
    assert lines.pop() == ""
    commands = [read(line) for line in lines]
    *annotations, (name, properties, summary) = commands
    assert (name, properties) == ("notice", {"title": "wego-ledger check"}), (name, properties)
    assert str(check["counts"]["error"]) in summary
    seen = []
    for name, properties, message in annotations:
        assert list(properties) == KEYS, properties
        assert int(properties["endColumn"]) >= int(properties["col"]) >= 1 and int(properties["line"]) >= 1
        seen.append((name, tuple(properties[key] for key in KEYS), message))
    wanted = [expected(finding, lang) for year in check["years"] for finding in year["findings"]]
    assert Counter(seen) == Counter(wanted), [*(Counter(seen) - Counter(wanted)), *(Counter(wanted) - Counter(seen))]
    ranks = [["error", "warning", "notice"].index(name) for name, _, _ in seen]
    assert ranks == sorted(ranks), "the worst come first"
    print(f"{len(seen)} annotations are the findings")


main(*sys.argv[1:])
