"""Adds an explained figure up again, with nothing of wego-ledger but its JSON and the files of the book.

    wego-ledger explain 2015 계 return_due --format json | python3 readd.py

Every line is looked up in its file by the place that is given, the amount that is quoted has to stand there, and its
effect has to be that amount in won. The effects have to come to the sum below them, the parts of each sum to the amount
above them, and the amounts at the top to the figures. Exits with 1 and the place at the first that does not.
"""

import csv
import io
import json
import re
import sys
from decimal import Decimal

UNITS = {"won": 1, "thousand won": 1_000, "million won": 1_000_000, "hundred million won": 100_000_000}
SUM = "sum of those below"
texts = {}


def fail(where, why):
    sys.exit(f"{where}: {why}")


def text_of(path):
    if path not in texts:
        data = open(path, "rb").read()
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            encoding = "utf-16"
        else:
            try:
                data.decode("utf-8")
                encoding = "utf-8-sig"
            except UnicodeDecodeError:
                encoding = "cp949"
        texts[path] = re.split(r"\r\n|\r|\n", data.decode(encoding))
    return texts[path]


def amount(text, unit):
    text = text.strip()
    negative = text[:1] in "△▲-−(" if text else False
    digits = re.sub(r"[^0-9.]", "", text)
    value = Decimal(digits) * UNITS[unit]
    return -value if negative else value


def stands_at(path, line, written):
    """Whether the amount is a field of the row, or the value of the table, that begins at this line."""
    rest = text_of(path)[line - 1 :]
    if path.endswith(".toml"):
        for text in rest[1:]:
            if text.startswith("[["):
                return False
            if re.match(r"\s*amount\s*=", text):
                return written in text
        return False
    row = next(csv.reader(io.StringIO("\n".join(rest[:2000]))))
    return any(field.strip() == written for field in row)


def money(cell):
    exact = cell.get("exact")
    return None if exact is None or isinstance(exact, dict) else Decimal(exact)


def lines(table):
    total, seen = Decimal(0), 0
    for row in table["rows"]:
        effect = money(row["cells"]["effect"])
        if row["class"] == "total":
            if effect != total:
                fail(table["id"], f"the lines come to {total}, not to {effect}")
            return total, seen
        place = row["place"]
        path, line = place.rsplit(":", 1)
        written = row["cells"]["written"]["text"]["ko"]
        unit = row["cells"]["unit"]["text"]["en"]
        if not stands_at(path, int(line), written):
            fail(place, f"`{written}` does not stand there")
        if effect != 0 and abs(effect) != abs(amount(written, unit)):
            fail(place, f"`{written}` in {unit} is not {effect}")
        total += effect
        seen += 1
    fail(table["id"], "there is no sum")


def main():
    page = json.load(sys.stdin)
    tables = {table["id"]: table for table in page["tables"]}
    seen = sums = 0
    found = {}
    for name, table in tables.items():
        if name.startswith("lines-"):
            found[name.removeprefix("lines-")], count = lines(table)
            seen += count
    for name, table in tables.items():
        if not name.startswith("parts-"):
            continue
        figure = name.removeprefix("parts-")
        parts = {row["part"]: row for row in table["rows"]}
        for part, row in parts.items():
            own = money(row["cells"]["amount"])
            listed = found.get(f"{figure}.{part}")
            if listed is not None and listed != own:
                fail(f"{name} {part}", f"its lines come to {listed}, not to {own}")
            if row["cells"]["how"]["text"]["en"] == SUM:
                below = [key for key in parts if key.rsplit(".", 1)[0] == part and key != part]
                total = sum((money(parts[key]["cells"]["amount"]) for key in below), Decimal(0))
                if total != own:
                    fail(f"{name} {part}", f"its parts come to {total}, not to {own}")
                sums += 1
    print(f"{seen} lines and {sums} sums added up again")
    if not seen and not sums:
        sys.exit("there was nothing to add up")


main()
