"""Reads PDFs back and compares them with the same pages as Markdown and CSV.

Usage: read_back.py FOLDER, which holds NAME.pdf, NAME.md, NAME.csv for each page.

What has to hold: the file is sound, every font is in it, nothing stands on another thing or outside the margins, tables
are cell by cell those of the other formats (as they are drawn, and as they are read out), each sheet of a table has its
headings, and there are bookmarks to every heading and caption.
"""

import csv
import html.parser
import io
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pypdf

MARGIN = 56.69
# Widths of glyphs are rounded in the file.
SLACK = 0.6
LONG = 30
FIGURE = r"△?\d{1,3}(,\d{3})*(\.\d+)?%?"
# What poppler says of every tagged file of this writer, rightly or not: `Suspects` is a boolean.
KNOWN = "Suspects object is wrong type"


def run(*command):
    done = subprocess.run(command, capture_output=True)
    said = [line for line in done.stderr.decode().splitlines() if KNOWN not in line]
    assert done.returncode == 0 and not said, (command, said)
    return done.stdout.decode(errors="replace")


def plain(text):
    """A text without spaces, which lines may have been broken at."""
    text = "".join(" " if unicodedata.category(c) == "Cc" else c for c in text)
    text = "".join(c for c in text if unicodedata.category(c) != "Cf" and not "\ufe00" <= c <= "\ufe0f")
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def unescaped(text):
    text = re.sub(r"\\(.)", r"\1", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def markdown_tables(text):
    """The tables: headings, then rows, each a list of texts."""
    tables, table = [], None
    for line in text.splitlines():
        if not line.startswith("| "):
            table = None
            continue
        cells = [cell.strip() for cell in re.split(r" \| ", line[2:-2] + " ")]
        cells = [cell[2:-2] if re.fullmatch(r"\*\*.*\*\*", cell) else cell for cell in cells]
        if all(re.fullmatch(r"---:?", cell) for cell in cells):
            continue
        if table is None:
            table = []
            tables.append(table)
        table.append([plain(unescaped(cell)) for cell in cells])
    return tables


def csv_tables(text):
    """The tables without their headings."""
    tables = []
    for block in re.split(r"\n\n", text):
        rows = list(csv.reader(io.StringIO("\n".join(l for l in block.splitlines() if not l.startswith("# ")))))
        tables.append(rows[1:])
    return tables


class Words(html.parser.HTMLParser):
    """The sheets of `pdftotext -bbox`: width, height, words with their boxes."""

    def __init__(self, text):
        super().__init__()
        self.sheets, self.box = [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        value = {name: float(number) for name, number in attributes if re.fullmatch(r"-?[\d.]+", number or "")}
        if tag == "page":
            self.sheets.append((value["width"], value["height"], []))
        elif tag == "word":
            self.box = (value["xmin"], value["ymin"], value["xmax"], value["ymax"])

    def handle_data(self, data):
        if self.box:
            self.sheets[-1][2].append((*self.box, data))
            self.box = None


def check_places(name, sheets):
    for number, (width, height, words) in enumerate(sheets, 1):
        numbered = False
        for left, top, right, bottom, text in words:
            if top > height - MARGIN + SLACK:
                numbered = True
                continue
            inside = (
                left >= MARGIN - SLACK
                and right <= width - MARGIN + SLACK
                and top >= MARGIN - 2
                and bottom <= height - MARGIN + 2
            )
            assert inside, f"{name}: `{text}` stands outside the margins of sheet {number}: {left, top, right, bottom}"
        assert numbered, f"{name}: sheet {number} has no number"
        open_words = []
        for word in sorted(words, key=lambda word: word[1]):
            open_words = [other for other in open_words if other[3] > word[1] + SLACK]
            for other in open_words:
                beside = word[2] <= other[0] + SLACK or word[0] >= other[2] - SLACK
                assert beside, f"{name}: `{word[4]}` stands on `{other[4]}` on sheet {number}: {word} {other}"
            open_words.append(word)


def grids(reader):
    """The drawn tables of each sheet: where the rules between columns are, and those between rows."""
    for page in reader.pages:
        height = float(page.mediabox.height)
        content = page.get_contents().get_data().decode("latin-1")
        level, across, upright = [], [], []
        matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        stack, points, numbers = [], [], []
        for token in re.finditer(r"(?s)\((?:\\.|[^()\\])*\)|<[0-9A-Fa-f]*>|/?[^\s\[\]()<>/]+", content):
            token = token.group()
            if re.fullmatch(r"-?[\d.]+", token):
                numbers.append(float(token))
                continue
            if token == "q":
                stack.append(matrix)
            elif token == "Q":
                matrix = stack.pop()
            elif token == "cm":
                matrix = product(numbers[-6:], matrix)
            elif token in ("m", "l"):
                points = ([] if token == "m" else points) + [numbers[-2:]]
            elif token == "S" and len(points) == 2:
                (x, y), (to_x, to_y) = (moved(point, matrix) for point in points)
                if abs(y - to_y) < 0.01:
                    across.append((x, to_x, height - y))
                elif abs(x - to_x) < 0.01:
                    upright.append((x, height - max(y, to_y), height - min(y, to_y)))
            numbers = []
        yield across, upright


def product(own, other):
    a, b, c, d, e, f = own
    g, h, i, j, k, l = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l)


def moved(point, matrix):
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def figured_headings(text):
    """The headings of columns of figures, where no column of words is called so too."""
    right, left, before = set(), set(), ""
    for line in text.splitlines():
        if re.match(r"\| ---", line):
            for heading, rule in zip(before[2:-2].split(" | "), line[2:-2].split(" | ")):
                (right if rule.endswith(":") else left).add(plain(unescaped(heading)))
        before = line
    return right - left


def drawn_tables(sheets, reader, figured):
    """Each stretch of a table on each sheet: rows of texts, by the rules that are drawn."""
    stretches = []
    for (_, _, words), (across, upright) in zip(sheets, grids(reader)):
        # Rules between columns say from where to where a stretch goes; a table of one column has only outer rules.
        for top, bottom in sorted({(round(top, 1), round(bottom, 1)) for _, top, bottom in upright}):
            xs = sorted({round(x, 2) for x, t, b in upright if (round(t, 1), round(b, 1)) == (top, bottom)})
            rules = sorted({round(y, 1) for _, _, y in across if top - 0.2 <= y <= bottom + 0.2})
            rows = []
            figures = [[] for _ in range(len(xs) + 1)]
            for above, below in zip(rules, rules[1:]):
                if below - above < 1:
                    continue
                cells = [[] for _ in range(len(xs) + 1)]
                for left, word_top, right, word_bottom, text in words:
                    middle = (word_top + word_bottom) / 2
                    if above < middle < below:
                        column = sum(x < (left + right) / 2 for x in xs)
                        fits = (column == 0 or left >= xs[column - 1]) and (column == len(xs) or right <= xs[column])
                        assert fits, f"`{text}` stands on a rule"
                        cells[column].append(text)
                        if re.fullmatch(FIGURE, text):
                            figures[column].append((left, right, text))
                        else:
                            figures[column].append(None)
                rows.append([plain("".join(cell)) for cell in cells])
            # The axis of a chart stands between no rules.
            if not rows:
                continue
            for heading, column in zip(rows[0], figures):
                if heading in figured:
                    # The words of the heading stand first, and are no figures.
                    while column and column[0] is None:
                        column.pop(0)
                    check_column([word for word in column if word])
            stretches.append(rows)
    return stretches


def check_column(words):
    """Figures end below one another, and those of as many digits begin so: bold ones below bold ones."""
    if not words:
        return
    rights = [right for _, right, _ in words]
    assert max(rights) - min(rights) < SLACK, f"figures do not end below one another: {words}"
    wide = {}
    for left, right, text in words:
        wide.setdefault(re.sub(r"\d", "0", text), set()).add(round(right - left, 1))
    # Regular and bold, each rounded up or down.
    assert all(len(widths) <= 4 for widths in wide.values()), f"digits are of several widths: {wide}"


def joined(stretches, tables, name):
    """Stretches of sheets as whole tables; every stretch has to begin with headings."""
    whole = []
    for rows in stretches:
        if whole and rows[0] == whole[-1][0] and len(whole[-1]) < expected_rows(whole, tables):
            whole[-1].extend(rows[1:])
        else:
            whole.append(rows)
    return whole


def expected_rows(whole, tables):
    headings = whole[-1][0]
    like = [len(table) for table in tables if table[0] == headings]
    return max(like, default=len(whole[-1]))


def read_out_tables(text):
    """The tables of `pdfinfo -struct-text`."""
    tables, cell = [], None
    for line in text.splitlines():
        word = re.match(r"\s*(Table|TR|TH|TD|Caption|P|L|H\d+|Figure|Part|Sect)\b", line)
        if word:
            cell = None
            kind = word.group(1)
            if kind == "Table":
                tables.append([])
            elif kind == "TR":
                tables[-1].append([])
            elif kind in ("TH", "TD"):
                cell = tables[-1][-1]
                cell.append("")
        elif cell is not None and (part := re.match(r'\s*"(.*)"$', line)):
            cell[-1] += plain(part.group(1))
    return tables


def parts_joined(tables, expected):
    """Tables whose columns were divided, put together again."""
    whole, at = [], 0
    for table in expected:
        columns = table[0]
        if at >= len(tables):
            break
        if tables[at][0] == columns:
            whole.append(tables[at])
            at += 1
            continue
        keys = 0
        rows = [list(row) for row in tables[at]]
        first = tables[at]
        at += 1
        while len(rows[0]) < len(columns) and at < len(tables):
            part = tables[at]
            keys = next(n for n, (one, other) in enumerate(zip(first[0], part[0])) if one != other)
            rows = [row + more[keys:] for row, more in zip(rows, part)]
            at += 1
        whole.append(rows)
    return whole + tables[at:]


def check_figures(name, tables, sheets_of_csv):
    """Figures are those of the CSV."""
    for table, rows in zip(tables, sheets_of_csv):
        assert len(table) - 1 == len(rows), f"{name}: {len(table) - 1} rows for {len(rows)} of the CSV"
        for drawn, row in zip(table[1:], rows):
            for text, field in list(zip(drawn, row))[1:]:
                if re.fullmatch(r"-?\d+(\.\d+)?", field) and re.fullmatch(r"[△\d,.%-]+", text):
                    number = text.replace(",", "").replace("△", "-").rstrip("%")
                    nil = number == "-" and float(field) == 0
                    assert nil or float(number) == float(field), f"{name}: {text} for {field} of the CSV"


def bookmarks(outline):
    for entry in outline:
        if isinstance(entry, list):
            yield from bookmarks(entry)
        else:
            yield plain(entry.title)


def check(pdf):
    name = pdf.stem
    information = run("pdfinfo", str(pdf))
    assert re.search(r"Tagged:\s+yes", information), name
    fonts = run("pdffonts", str(pdf)).splitlines()[2:]
    assert fonts and all(re.search(r"yes yes yes +\d+ +\d+$", line) for line in fonts), (name, fonts)
    reader = pypdf.PdfReader(str(pdf), strict=True)
    markdown = pdf.with_suffix(".md").read_text()
    expected = markdown_tables(markdown)
    titles = [plain(unescaped(line.lstrip("#"))) for line in markdown.splitlines() if re.match(r"#+ ", line)]
    found = list(bookmarks(reader.outline))
    assert [title for title in found if not re.search(r"\(\d+/\d+\)$", title)] == [
        title for title in titles if title in found
    ], (name, found, titles)
    assert all(any(title in mark for mark in found) for title in titles), (name, found, titles)
    sheets = Words(run("pdftotext", "-bbox", str(pdf), "-")).sheets
    assert len(sheets) == len(reader.pages)
    check_places(name, sheets)
    # poppler reads a sheet anew for each cell of it: of long documents only what is drawn is compared.
    if len(sheets) <= LONG:
        read_out = parts_joined(read_out_tables(run("pdfinfo", "-struct-text", str(pdf))), expected)
        # It does not see what boxes stand for.
        boxed = [[[box(*cells) for cells in zip(*rows)] for rows in zip(*tables)] for tables in zip(read_out, expected)]
        assert read_out == boxed, f"{name}: read out\n{difference(read_out, expected)}"
    if not pdf.with_suffix(".torn").exists():
        drawn = joined(drawn_tables(sheets, reader, figured_headings(markdown)), expected, name)
        drawn = parts_joined(drawn, expected)
        wide = [table for table in expected if len(table[0]) > 1]
        assert drawn == wide, f"{name}: drawn\n{difference(drawn, wide)}"
    check_figures(name, expected, csv_tables(pdf.with_suffix(".csv").read_text()))
    whole = plain("".join(word[4] for _, _, words in sheets for word in words))
    return len(sheets), len(whole)


def box(found, expected):
    """What was found where boxes stand for some of what was expected, else what was expected."""
    rest = iter(expected)
    return found if "⌧" in found and all(c in rest for c in found.replace("⌧", "")) else expected


def difference(found, expected):
    if len(found) != len(expected):
        return f"{len(found)} tables for {len(expected)}: {[table[0] for table in found]}, {[table[0] for table in expected]}"
    for one, other in zip(found, expected):
        if len(one) != len(other):
            return f"{len(one)} rows for {len(other)} of {other[0]}"
        for row, wanted in zip(one, other):
            if row != wanted:
                return f"{row}\n{wanted}"
    return "nothing"


def main():
    files = sorted(Path(sys.argv[1]).glob("*.pdf"))
    assert files, "no PDF"
    sheets = sum(check(pdf)[0] for pdf in files)
    print(f"{len(files)} files, {sheets} sheets")


main()
