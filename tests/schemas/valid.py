"""Holds JSON documents to their schemas, and the schemas to what they refuse.

    python3 valid.py FOLDER

A document is FOLDER/*/NAME.*.json, and NAME is that of its schema in `fixtures/schema`.
"""

import copy
import glob
import json
import os
import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor

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


def held(name, paths):
    """Holds the documents of one schema to it; how many there were, how many the same, how many spoilt ones were refused."""
    validators = {}
    for path in sorted(glob.glob("fixtures/schema/*.json")):
        schema = read(path)
        Draft202012Validator.check_schema(schema)
        validators[os.path.basename(path).removesuffix(".json")] = Draft202012Validator(schema)
    validator = validators[name]
    known, same, refused = set(), 0, 0
    # The smallest first: those are spoilt, place by place.
    for path in sorted(paths, key=lambda path: (os.path.getsize(path), path)):
        document = read(path)
        # Both languages stand in a document, so most are the same whichever is asked for.
        text = json.dumps(document)
        if text in known:
            same += 1
            continue
        known.add(text)
        wrong = [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(document)]
        assert not wrong, (path, wrong[:5])
        # Spoiling every document would take minutes.
        if len(known) > 2:
            continue
        for other, theirs in validators.items():
            assert other == name or not theirs.is_valid(document), f"{path} is a document of {other}, too"
        for what, where, copied in spoilt(document):
            if what == "removed" and where[-1] in OPTIONAL:
                continue
            assert not validator.is_valid(copied), f"{path}: {what} at {where} is not refused"
            refused += 1
    assert refused > 20, name
    return name, len(known), same, refused


def main(folder):
    documents = defaultdict(list)
    for path in glob.glob(f"{folder}/*/*.json"):
        documents[os.path.basename(path).split(".")[0]].append(path)
    # Those that take longest first, so that no processor waits for the last.
    order = sorted(documents.items(), key=lambda named: -sum(map(os.path.getsize, named[1])))
    with ProcessPoolExecutor() as processors:
        for name, count, same, refused in processors.map(held, *zip(*order)):
            print(f"{name}: {count} documents, {same} the same in both languages, {refused} spoilt ones refused")


if __name__ == "__main__":
    main(*sys.argv[1:])
