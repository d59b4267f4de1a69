"""Reads JUnit XML with junitparser, holds it to the schema of the Jenkins xUnit plugin, and compares it with the JSON.

The schema is that which pytest holds its own reports to; `.ci/run` unpacks it from the sources of that package.

    python3 junit.py FOLDER LANGUAGE
"""

import glob
import json
import re
import sys

import xmlschema
from junitparser import Failure, JUnitXml, Skipped

LEVELS = ["info", "warning", "error"]
# What XML 1.0 cannot have becomes U+FFFD.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml(text):
    return FORBIDDEN.sub("\ufffd", text)


def main(folder, lang):
    path = f"{folder}/found.xml"
    (schema,) = glob.glob("target/ci/pytest-*/testing/example_scripts/junit-10.xsd")
    xmlschema.XMLSchema(schema).validate(path)
    with open(f"{folder}/found.json", encoding="utf-8") as file:
        check = json.load(file)
    bar = LEVELS.index(check["threshold"])
    report = JUnitXml.fromfile(path)
    suites = list(report)
    assert [suite.name for suite in suites] == [str(year["fiscal_year"]) for year in check["years"]]
    totals = [report.tests, report.failures, report.errors]
    assert totals == [sum(getattr(suite, key) for suite in suites) for key in ("tests", "failures", "errors")]
    families = {rule["code"]: rule["family"] for rule in check["rules"]}
    names = [f"{rule['code']} {rule['name']}" for rule in check["rules"]]
    for suite, year in zip(suites, check["years"]):
        cases = list(suite)
        assert [case.name for case in cases] == names
        declared = (suite.tests, suite.failures, suite.errors, suite.skipped)
        suite.update_statistics()
        assert declared == (suite.tests, suite.failures, suite.errors, suite.skipped), declared
        waited = {one["code"]: one["reason"][lang] for one in reversed(year["waited"])}
        for case in cases:
            code = case.name.split(" ")[0]
            assert case.classname == families[code]
            own = [one for one in year["findings"] if one["code"] == code]
            fails = [one for one in own if not one["accepted"] and LEVELS.index(one["severity"]) >= bar]
            others = [one for one in own if one not in fails]
            failures = [result for result in case.result if isinstance(result, Failure)]
            skips = [result for result in case.result if isinstance(result, Skipped)]
            assert len(failures) == bool(fails) and len(case.result) == len(failures) + len(skips), case.name
            if fails:
                (failure,) = failures
                assert xml(fails[0]["message"][lang]) in failure.message, (failure.message, fails[0])
                told(failure.text, fails, lang)
            elif code in waited:
                assert skips[0].message == xml(waited[code]), (skips[0].message, waited[code])
            if others:
                told(case.system_out, others, lang)
    print(f"{report.tests} cases, {report.failures} of them fail")


def told(text, findings, lang):
    for one in findings:
        place = xml(f"{one['path']}:{one['line']}:{one['column']}: ")
        assert place in text, (place, text[:300])
        assert xml(one["message"][lang]) in text, (one["message"], text[:300])
        why = one["accepted"] or one["way_out"]
        assert xml(why[lang]) in text, (why, text[:300])


main(*sys.argv[1:])
