"""Whether python-hwpx finds each document of a folder valid, and reads from it what the JSON beside it says."""

import json
import sys
from pathlib import Path

from hwpx import HwpxDocument
from hwpx.tools.package_validator import validate_package
from hwpx.tools.validator import validate_document


def paragraphs(document):
    """The texts of paragraphs outside of tables."""
    for paragraph in document.paragraphs:
        runs = [run for run in paragraph.element if run.tag.endswith("}run")]
        texts = [text for run in runs for text in run if text.tag.endswith("}t")]
        yield "".join("".join(text.itertext()) for text in texts)


def tables(document):
    for table in document.tables:
        yield [[cell.text for cell in row.cells] for row in table.rows]


def first_difference(found, wanted):
    if len(found) != len(wanted):
        return f"{len(found)} instead of {len(wanted)}"
    for n, (one, other) in enumerate(zip(found, wanted)):
        if one != other:
            return f"the {n}th is {one!r} instead of {other!r}"
    return None


def wrong(path):
    schema = validate_document(path)
    yield from (f"schema: {issue}" for issue in schema.issues)
    if not any(part.startswith("Contents/section") for part in schema.validated_parts):
        yield "schema: no section was looked at"
    package = validate_package(path)
    yield from (f"package: {issue}" for issue in package.issues)
    wanted = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    document = HwpxDocument.open(path)
    differing = first_difference(list(paragraphs(document)), wanted["paragraphs"])
    if differing:
        yield f"paragraphs: {differing}"
    found = list(tables(document))
    if len(found) != len(wanted["tables"]):
        yield f"tables: {len(found)} instead of {len(wanted['tables'])}"
    for n, (table, other) in enumerate(zip(found, wanted["tables"])):
        differing = first_difference(table, other)
        if differing:
            yield f"table {n}: {differing}"


def main():
    paths = sorted(Path(sys.argv[1]).glob("*.hwpx"))
    told = [f"{path.name}: {what}" for path in paths for what in wrong(path)]
    print("\n".join(told[:40]))
    if told or not paths:
        sys.exit(f"{len(told)} faults in {len(paths)} documents")


main()
