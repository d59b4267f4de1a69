"""An auditor's test: one won more in the sheet of lines, and everything follows.

    changed.py BOOK.xlsx ROW    the row of the line among the lines, from 0
"""

import pathlib
import sys
import tempfile

import openpyxl

from office import convert

book = pathlib.Path(sys.argv[1])
lines = next(name for name in openpyxl.load_workbook(book).sheetnames if name.split(" ")[0] in ("내역", "Lines"))


def recalculated(change):
    """Every value of the book, after a change of its sheet of lines."""
    with tempfile.TemporaryDirectory() as folder:
        changed = openpyxl.load_workbook(book)
        change(changed[lines])
        before = pathlib.Path(folder, "changed.xlsx")
        changed.save(before)
        out = pathlib.Path(folder, "out")
        out.mkdir()
        (after,) = convert([before], "xlsx", out)
        made = openpyxl.load_workbook(after, data_only=True)
        return {sheet.title: {cell.coordinate: cell.value for row in sheet for cell in row} for sheet in made}


def one_more(sheet):
    heads = [cell.value for cell in sheet[1]]
    amount = next(n for n, head in enumerate(heads) if head in ("금액(원)", "Amount (won)"))
    cell = sheet.cell(2 + int(sys.argv[2]), amount + 1)
    assert isinstance(cell.value, (int, float)), cell.value
    cell.value += 1


plain, changed = recalculated(lambda sheet: None), recalculated(one_more)
for sheet, cells in plain.items():
    for at, value in cells.items():
        other = changed[sheet].get(at)
        if value != other:
            print(f"{sheet}!{at}: {value} -> {other}")
