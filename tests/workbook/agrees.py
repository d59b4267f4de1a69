"""Whether workbooks, recalculated from nothing, say what the JSON of the same pages says.

    agrees.py FOLDER    a folder of NAME.xlsx beside NAME.json

Every formula's kept result is made 0 before LibreOffice recalculates, so that only formulas can give the figures.
"""

import json
import pathlib
import re
import sys
import tempfile
import zipfile
from decimal import Decimal

import openpyxl

from office import convert

WON = ("원", "Won")
CHECK = ("검산", "Check")


def without_results(source, target):
    """The same workbook, every kept result 0."""
    count = 0
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = data.decode()
                text, changed = re.subn(r'(<c [^>]*?)( t="str")?>(<f>.*?</f>)<v>.*?</v>', r"\1>\3<v>0</v>", text)
                count += changed
                data = text.encode()
            new.writestr(name, data)
    return count


def near(one, other):
    """Whether two numbers are one, but for the last bits of a double."""
    if isinstance(one, str) or isinstance(other, str) or one is None or other is None:
        return one == other
    return abs(Decimal(repr(one)) - Decimal(repr(other))) <= abs(Decimal(repr(other))) * Decimal("1e-14")


def tables_of(sheet, page):
    """The first row of each table on the sheet in won."""
    row = 4
    for table in page["tables"]:
        yield table, row + 2
        row += 3 + len(table["rows"])


def figures(table):
    """Each figure of a table: row, column, cell."""
    for r, row in enumerate(table["rows"]):
        for name, cell in row["cells"].items():
            column = next(n for n, column in enumerate(table["columns"]) if column["id"] == name)
            yield r, column, cell


def same_amount(found, exact):
    """Whether a cell says an amount: as a number, or as text where a number has too few digits."""
    wanted = Decimal(exact)
    if isinstance(found, str):
        digits = found.replace(",", "").replace("△", "-")
        return Decimal(digits) == wanted
    return found is not None and abs(Decimal(repr(found)) - wanted) <= abs(wanted) * Decimal("1e-15")


def same_shown(found, cell):
    wanted = Decimal(cell["shown"])
    if isinstance(cell["exact"], dict):
        wanted /= 100
    if isinstance(found, str):
        return Decimal(found.replace(",", "").replace("△", "-")) == wanted
    return found is not None and abs(Decimal(repr(found)) - wanted) <= abs(wanted) * Decimal("1e-14")


def sheet_of(book, names):
    return next(book[name] for name in names if name in book.sheetnames)


def header_row(sheet, table, lang):
    """The row of a table's headings on its own sheet."""
    heads = [column["heading"][lang].replace("\n", " ") for column in table["columns"]]
    for row in sheet.iter_rows(min_row=1, max_row=200):
        if [cell.value for cell in row[: len(heads)]] == heads:
            return row[0].row
    raise SystemExit(f"no headings {heads} on {sheet.title}")


def compare(name, page, kept, made, wrong):
    formulas = 0
    for sheet in made:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("=") and cell.data_type == "f":
                    formulas += 1
                    result = kept[0][sheet.title][cell.coordinate].value
                    recalculated = kept[1][sheet.title][cell.coordinate].value
                    if result is None or not near(result, recalculated):
                        wrong.append(f"{name} {sheet.title}!{cell.coordinate} {cell.value}: kept {result!r}, "
                                     f"recalculated {recalculated!r}")
    recalculated = kept[1]
    won = sheet_of(recalculated, WON)
    lang = "ko" if won.title == "원" else "en"
    own = [name for name in recalculated.sheetnames if name not in WON + CHECK]
    first = 1 if own[0] in ("문서", "Document") else 0
    amounts = 0
    for n, (table, top) in enumerate(tables_of(won, page)):
        sheet = recalculated[own[first + n]]
        head = header_row(sheet, table, lang)
        for r, column, cell in figures(table):
            if not isinstance(cell, dict) or cell.get("shown") is None:
                continue
            exact = cell["exact"]
            found = won.cell(top + r, column + 1).value
            if isinstance(exact, str):
                amounts += 1
                if not same_amount(found, exact):
                    wrong.append(f"{name} {won.title} {table['id']} row {r} column {column}: {found!r}, not {exact}")
            shown = sheet.cell(head + 1 + r, column + 1).value
            if not same_shown(shown, cell):
                wrong.append(f"{name} {sheet.title} row {r} column {column}: {shown!r}, not {cell['shown']}")
    check = sheet_of(recalculated, CHECK)
    verdict = check["A2"].value
    if verdict not in ("검산: 일치", "Check: agrees"):
        wrong.append(f"{name}: {verdict}")
    return formulas, amounts


def main(folder):
    books = sorted(pathlib.Path(folder).glob("*.xlsx"))
    if not books:
        raise SystemExit("there is no workbook to look at")
    wrong, formulas, amounts = [], 0, 0
    with tempfile.TemporaryDirectory() as bare, tempfile.TemporaryDirectory() as out:
        stripped = []
        for book in books:
            stripped.append(pathlib.Path(bare, book.name))
            if without_results(book, stripped[-1]) == 0:
                wrong.append(f"{book.name} has no formula")
        # Its own format: what a program of spreadsheets keeps of a result.
        for book, again in zip(books, convert(stripped, "xlsx", out)):
            page = json.loads(book.with_suffix(".json").read_text())
            made = openpyxl.load_workbook(book)
            kept = [openpyxl.load_workbook(path, data_only=True) for path in (book, again)]
            counted = compare(book.stem, page, kept, made, wrong)
            formulas, amounts = formulas + counted[0], amounts + counted[1]
    if amounts == 0:
        wrong.append("no amount was compared")
    print(f"{len(books)} workbooks, {formulas} formulas, {amounts} amounts")
    if wrong:
        raise SystemExit("\n".join(wrong[:40] + [f"{len(wrong)} in all"]))


main(sys.argv[1])
