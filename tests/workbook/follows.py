"""Whether a workbook notices one won more on any line, whatever the line does, or says that it has nothing to do with it.

    follows.py BOOK.xlsx…
"""

import pathlib
import sys
import tempfile

import openpyxl

from office import convert


def lines_of(book):
    return [sheet for sheet in book if sheet.title.split(" ")[0] in ("내역", "Lines")]


def check_of(book):
    return next(book[name] for name in ("검산", "Check") if name in book.sheetnames)


def first_of_each(sheet):
    """The first line of each measure whose amount is a number: its row, and the column of amounts."""
    heads = [cell.value for cell in sheet[1]]
    measure = next(n for n, head in enumerate(heads) if head in ("금액 구분", "Measure"))
    amount = next(n for n, head in enumerate(heads) if head in ("금액(원)", "Amount (won)"))
    rows = {}
    for row in sheet.iter_rows(min_row=2):
        if isinstance(row[amount].value, (int, float)):
            rows.setdefault(row[measure].value, row[amount].coordinate)
    return rows


def unused(check, title):
    """The measures that the checks say the tables do not use, of a sheet of lines."""
    for row in check.iter_rows(max_col=1):
        said = row[0].value
        if isinstance(said, str) and said.startswith("※") and f"{title}: " in said:
            return said.rsplit(": ", 1)[1].split(", ")
    return []


def main(paths):
    wrong, followed, left_out = [], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        variants = []
        for path in paths:
            book = openpyxl.load_workbook(path)
            for sheet in lines_of(book):
                for measure, at in first_of_each(sheet).items():
                    changed = openpyxl.load_workbook(path)
                    changed[sheet.title][at].value += 1
                    target = pathlib.Path(folder, f"{len(variants)}.xlsx")
                    changed.save(target)
                    variants.append((path, sheet.title, measure, at, target, unused(check_of(book), sheet.title)))
        out = pathlib.Path(folder, "out")
        out.mkdir()
        for variant, again in zip(variants, convert([variant[4] for variant in variants], "xlsx", out)):
            path, title, measure, at, _, unasked = variant
            verdict = check_of(openpyxl.load_workbook(again, data_only=True))["A2"].value
            agrees = verdict in ("검산: 일치", "Check: agrees")
            if agrees != (measure in unasked):
                wrong.append(f"{pathlib.Path(path).name} {title}!{at} ({measure}): {verdict}; unused: {unasked}")
            followed, left_out = followed + (not agrees), left_out + agrees
    print("\n".join(wrong))
    print(f"{followed} changes followed, {left_out} of measures that are not used")
    if wrong or followed < 20 or left_out < 3:
        raise SystemExit(1)


main(sys.argv[1:])
