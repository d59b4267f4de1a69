"""What a workbook holds, as openpyxl and a LibreOffice that does not recalculate read it.

    reads.py BOOK.xlsx SAYS.json

SAYS.json: {"sheets": [names], "cells": {sheet: {address: value}}, "shown": {sheet: [texts of cells]}, "formulas": least}
"""

import csv
import json
import pathlib
import sys
import tempfile

import openpyxl

from office import convert

book, says = pathlib.Path(sys.argv[1]), json.loads(pathlib.Path(sys.argv[2]).read_text())
made, kept = openpyxl.load_workbook(book), openpyxl.load_workbook(book, data_only=True)
wrong = []
if made.sheetnames != says["sheets"]:
    wrong.append(f"sheets {made.sheetnames}")
formulas = 0
for sheet in made:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                formulas += 1
                result = kept[sheet.title][cell.coordinate].value
                if result is None:
                    wrong.append(f"{sheet.title}!{cell.coordinate} has no result")
            if cell.data_type == "e":
                wrong.append(f"{sheet.title}!{cell.coordinate} is an error: {cell.value}")
if formulas < says.get("formulas", 1):
    wrong.append(f"only {formulas} formulas")
for name, cells in says.get("cells", {}).items():
    for at, value in cells.items():
        found = kept[name][at].value
        if found != value or isinstance(found, str) != isinstance(value, str):
            wrong.append(f"{name}!{at} is {found!r}, not {value!r}")
        if isinstance(value, str) and made[name][at].data_type not in ("s", "inlineStr"):
            wrong.append(f"{name}!{at} is no text but {made[name][at].data_type}")
for sheet in made:
    if sheet.sheet_properties.pageSetUpPr is None or not sheet.sheet_properties.pageSetUpPr.fitToPage:
        wrong.append(f"{sheet.title} is not fitted to its paper")
    setup = (str(sheet.page_setup.paperSize), sheet.page_setup.fitToHeight, sheet.page_setup.fitToWidth)
    if setup not in (("9", 0, 1), ("9", 0, None)):
        wrong.append(f"{sheet.title} is printed as {setup}")
    if "&P / &N" not in f"{sheet.oddFooter.center.text}".replace("&[Page]", "&P").replace("&[Pages]", "&N"):
        wrong.append(f"{sheet.title} has no numbers of pages: {sheet.oddFooter.center.text!r}")
for name, (frozen, titles) in says.get("panes", {}).items():
    if (made[name].freeze_panes, made[name].print_title_rows) != (frozen, titles):
        wrong.append(f"{name}: {made[name].freeze_panes} {made[name].print_title_rows}")
for name, notes in says.get("notes", {}).items():
    for at, text in notes.items():
        note = made[name][at].comment
        if note is None or text not in note.text:
            wrong.append(f"{name}!{at} has the note {note and note.text!r}")
# Every sheet as it is shown, by a program that trusts the results that are kept.
with tempfile.TemporaryDirectory() as folder:
    to = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true,false,false,-1'
    try:
        convert([book], to, folder, recalculate=False)
    except SystemExit:
        pass  # One file for each sheet: none has the name that is waited for.
    for name, texts in says.get("shown", {}).items():
        path = pathlib.Path(folder, f"{book.stem}-{name}.csv")
        # A figure keeps a hyphen's room from the rule at its right.
        cells = {cell.strip() for row in csv.reader(path.open()) for cell in row}
        wrong += [f"{name} does not show {text!r}: {sorted(cells)[:80]}" for text in texts if text not in cells]
if wrong:
    raise SystemExit("\n".join(wrong))
