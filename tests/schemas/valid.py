"""Holds JSON documents to their schemas, and the schemas to what they refuse.

    python3 valid.py FOLDER

A document is FOLDER/*/NAME.*.json, and NAME is that of its schema in `fixtures/schema`.
"""

import copy
import glob
import json
import os
import sys
from collections import Counter

from jsonschema import Draft202012Validator


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def places(value, path=()):
    """Every place in a document, from the top down."""
    yield path, value
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        yield from places(inner, (*path, key))


def shape(path):
    """Where a place is, but for which of a list it is in."""
    return tuple("*" if isinstance(key, int) else key for key in path)


def at(document, path):
    for key in path:
        document = document[key]
    return document


# What stands under names of columns and of a row's key may be there or not: tables are of many columns.
def is_free(path):
    return "cells" in path[-2:-1] and isinstance(path[-1], str)


def spoilt(document):
    """Copies with a field taken away, one more, or a number for a text: each place of a kind once."""
    seen = set()
    for path, value in places(document):
        kind = (shape(path), type(value).__name__)
        if kind in seen or not path:
            continue
        seen.add(kind)
        for what in ("removed", "more", "number"):
            copied = copy.deepcopy(document)
            parent = at(copied, path[:-1])
            if what == "removed":
                if isinstance(path[-1], int) or is_free(path):
                    continue
                del parent[path[-1]]
            elif what == "more":
                if not isinstance(value, dict) or path[-1] == "cells" and isinstance(parent, dict) and "class" in parent:
                    continue
                at(copied, path)["one more"] = "of these"
            else:
                if not isinstance(value, str):
                    continue
                parent[path[-1]] = 7
            yield what, path, copied


# Fields that a document may go without: absent is another thing to say there, and a valid one.
OPTIONAL = {"caption", "unit", "scope", "from", "to", "precision"}


def main(folder):
    validators, schemas = {}, sorted(glob.glob("fixtures/schema/*.json"))
    for path in schemas:
        schema = read(path)
        Draft202012Validator.check_schema(schema)
        validators[os.path.basename(path).removesuffix(".json")] = Draft202012Validator(schema)
    count, refused = Counter(), Counter()
    known, same = set(), 0
    # The smallest first: those are spoilt, place by place.
    for path in sorted(glob.glob(f"{folder}/*/*.json"), key=lambda path: (os.path.getsize(path), path)):
        name = os.path.basename(path).split(".")[0]
        document, validator = read(path), validators[name]
        # Both languages stand in a document, so most are the same whichever is asked for.
        text = json.dumps(document)
        if text in known:
            same += 1
            continue
        known.add(text)
        wrong = [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(document)]
        assert not wrong, (path, wrong[:5])
        count[name] += 1
        # Spoiling every document would take minutes.
        if count[name] > 2:
            continue
        for other, theirs in validators.items():
            assert other == name or not theirs.is_valid(document), f"{path} is a document of {other}, too"
        for what, where, copied in spoilt(document):
            if what == "removed" and where[-1] in OPTIONAL:
                continue
            assert not validator.is_valid(copied), f"{path}: {what} at {where} is not refused"
            refused[name] += 1
    print(f"{same} documents are the same in both languages")
    for name, number in sorted(count.items()):
        print(f"{name}: {number} documents, {refused[name]} spoilt ones refused")
        assert refused[name] > 20, name


main(*sys.argv[1:])
