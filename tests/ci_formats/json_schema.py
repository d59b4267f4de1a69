"""Holds the JSON of findings to its schema, and its counts to what it shows.

    python3 json_schema.py FOLDER LANGUAGE
"""

import json
import sys
from collections import Counter

from jsonschema import Draft202012Validator

LEVELS = ["info", "warning", "error"]


def main(folder, _language):
    with open("fixtures/schema/check.json", encoding="utf-8") as file:
        schema = json.load(file)
    Draft202012Validator.check_schema(schema)
    with open(f"{folder}/found.json", encoding="utf-8") as file:
        check = json.load(file)
    validator = Draft202012Validator(schema)
    wrong = [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(check)]
    assert not wrong, wrong
    keys = [*LEVELS, "accepted", "not_shown"]
    zero = dict.fromkeys(keys, 0)
    rules = {rule["code"]: rule for rule in check["rules"]}
    assert len(rules) == len(check["rules"]), "a rule stands there twice"
    total = Counter(zero)
    for year in check["years"]:
        shown = Counter("accepted" if one["accepted"] else one["severity"] for one in year["findings"])
        of_rules = Counter(zero)
        for rule in year["rules"]:
            of_rules.update({key: rule[key] for key in keys})
        assert of_rules == Counter(year["counts"]), (of_rules, year["counts"])
        all_found = sum(year["counts"][key] for key in keys[:-1])
        assert all_found == shown.total() + year["counts"]["not_shown"], (all_found, shown)
        total.update(year["counts"])
        for one in year["findings"]:
            assert one["code"] in rules
            for place in [one, *one["also"]]:
                begin = place["column"] - place["quoted"]["column"]
                assert 0 <= begin <= len(place["quoted"]["text"]), place
    assert total == Counter(check["counts"])
    bar = LEVELS.index(check["threshold"])
    assert check["failed"] == any(check["counts"][level] for level in LEVELS[bar:])
    # The schema is worth what it refuses.
    for spoil in (lambda c: c.pop("version"), lambda c: c.update(more=1), lambda c: c["counts"].update(error="1")):
        spoilt = json.loads(json.dumps(check))
        spoil(spoilt)
        assert not validator.is_valid(spoilt)
    print("the JSON is what its schema says")


main(*sys.argv[1:])
