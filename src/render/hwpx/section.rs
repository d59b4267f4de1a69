//! `Contents/section0.xml` …: the blocks of a page as paragraphs and tables.

use super::super::{Style, number};
use super::arrange::{Piece, Stretch};
use super::header::NO_BORDER;
use super::measure::Length;
use super::sheet::{MARGINS, Sheet};
use super::styles::{Align, Character, Face, Keep, Named, Paragraph, Styles, Weight};
use super::table;
use super::xml::Xml;
use crate::table::{Block, Heading, Note, Point, Table};
use crate::words::Text;
use std::fmt::Display;

/// Ids of paragraphs and of tables: one after the other.
pub(super) struct Numbers(u32);

impl Numbers {
    pub(super) const fn new() -> Numbers {
        Numbers(0)
    }

    pub(super) const fn next(&mut self) -> u32 {
        self.0 += 1;
        self.0
    }
}

/// How far a level of a list, or the mark before a point, takes its text to the right.
const STEP: Length = 1_000;
/// Lists are not indented further than so many steps.
const DEEPEST: u32 = 12;
/// How far the mark before a note takes its text to the right.
const NOTE: Length = 1_300;

/// A section that is being written.
pub(super) struct Section<'a> {
    pub(super) xml: Xml,
    pub(super) styles: &'a mut Styles,
    pub(super) numbers: &'a mut Numbers,
    pub(super) style: &'a Style<'a>,
    sheet: Sheet,
    opening: Opening,
}

/// What the next paragraph begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    /// The section: it tells about the sheet.
    Section,
    /// A new sheet.
    Sheet,
    /// Nothing.
    Nothing,
}

impl<'a> Section<'a> {
    /// A section on such sheets.
    pub(super) fn new(sheet: Sheet, styles: &'a mut Styles, numbers: &'a mut Numbers, style: &'a Style<'a>) -> Self {
        Section { xml: Xml::rooted("hs:sec", &[]), styles, numbers, style, sheet, opening: Opening::Section }
    }

    /// The title of the document.
    pub(super) fn title(&mut self, title: &Text) {
        self.named(Named::Title, title.label(self.style.lang));
    }

    /// The blocks of a stretch; gives the part.
    pub(super) fn written(mut self, stretch: &Stretch<'_>) -> Vec<u8> {
        for piece in &stretch.pieces {
            match piece {
                Piece::Block(block) => self.block(block),
                Piece::Table(table, fit) => {
                    self.above(table);
                    table::write(&mut self, table, fit);
                    self.notes(&table.notes);
                }
            }
        }
        // A section without a paragraph is none.
        if self.opening == Opening::Section {
            self.named(Named::Text, "");
        }
        self.xml.bytes()
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(Heading { level, text }) => {
                let level = level.saturating_sub(1).min(super::styles::LEVELS - 1);
                self.named(Named::Heading(level), text.label(self.style.lang));
            }
            Block::Paragraph(sentence) => self.named(Named::Text, &number::sentence(sentence, self.style)),
            Block::List(points) => points.iter().for_each(|point| self.point(point)),
            Block::Note(note) => self.notes(std::slice::from_ref(note)),
            Block::PageBreak if self.opening == Opening::Nothing => self.opening = Opening::Sheet,
            // Every point of a chart stands in a table; tables come with their fit; a section begins a sheet anyway.
            Block::Chart(_) | Block::Table(_) | Block::PageBreak => {}
        }
    }

    /// A paragraph of a named style.
    fn named(&mut self, named: Named, text: &str) {
        self.open_paragraph(named, named.paragraph());
        self.run(named.characters(), text);
        self.xml.close();
    }

    fn point(&mut self, point: &Point) {
        let mark = match point.depth {
            0 => '○',
            1 => '-',
            _ => '·',
        };
        let text = format!("{mark} {}", number::point(point, self.style));
        let left = STEP * (point.depth.min(DEEPEST) + 1);
        let look = Paragraph { left, hanging: STEP * 6 / 5, after: 100, ..Named::Text.paragraph() };
        self.plain(look, Named::Text.characters(), &text);
    }

    fn notes(&mut self, notes: &[Note]) {
        let characters = Character { face: Face::Text, size: 900, weight: Weight::Plain };
        let item = Paragraph { left: NOTE, hanging: STEP, after: 60, spacing: 130, ..Named::Text.paragraph() };
        for note in notes {
            let look = Paragraph { left: 0, hanging: NOTE, ..item };
            let text = format!("※ {}", number::sentence(&note.text, self.style));
            self.plain(look, characters, &text);
            for one in &note.items {
                let text = format!("· {}", number::sentence(one, self.style));
                self.plain(item, characters, &text);
            }
        }
    }

    /// What stands above a table: what it is called, and the unit of its amounts.
    fn above(&mut self, table: &Table) {
        if let Some(caption) = &table.caption {
            let look = Paragraph { before: 700, after: 60, keep: Keep::WithNext, ..Named::Text.paragraph() };
            let characters = Character { face: Face::Table, size: 1_100, weight: Weight::Bold };
            self.plain(look, characters, caption.label(self.style.lang));
        }
        if table.has_amounts() {
            let look = Paragraph {
                align: Align::Right,
                after: 60,
                spacing: 130,
                keep: Keep::WithNext,
                ..Named::Text.paragraph()
            };
            let characters = Character { face: Face::Table, size: 900, weight: Weight::Plain };
            self.plain(look, characters, &number::unit_note(table.unit, self.style.lang));
        }
    }

    fn plain(&mut self, look: Paragraph, characters: Character, text: &str) {
        self.open_paragraph(Named::Text, look);
        self.run(characters, text);
        self.xml.close();
    }

    /// Begins a paragraph of the section's own, which tells about the sheet if it is the first.
    pub(super) fn open_paragraph(&mut self, named: Named, look: Paragraph) {
        let opening = std::mem::replace(&mut self.opening, Opening::Nothing);
        let sheet = u8::from(opening == Opening::Sheet);
        self.begin(named, look, sheet);
        if opening == Opening::Section {
            self.about_the_sheet();
        }
    }

    /// Begins a paragraph of a cell.
    pub(super) fn open_cell_paragraph(&mut self, look: Paragraph) {
        self.begin(Named::Text, look, 0);
    }

    fn begin(&mut self, named: Named, look: Paragraph, new_sheet: u8) {
        let (id, paragraph, style) = (self.numbers.next(), self.styles.paragraphs.id(look), self.styles.of(named));
        self.xml.open(
            "hp:p",
            &[
                ("id", &id),
                ("paraPrIDRef", &paragraph),
                ("styleIDRef", &style),
                ("pageBreak", &new_sheet),
                ("columnBreak", &0),
                ("merged", &0),
            ],
        );
    }

    /// Text of one look.
    pub(super) fn run(&mut self, characters: Character, text: &str) {
        let id = self.styles.characters.id(characters);
        self.xml.open("hp:run", &[("charPrIDRef", &id)]);
        self.xml.text("hp:t", &[], text);
        self.xml.close();
    }

    fn about_the_sheet(&mut self) {
        let xml = &mut self.xml;
        xml.open("hp:run", &[("charPrIDRef", &0)]);
        xml.open(
            "hp:secPr",
            &[
                ("id", &""),
                ("textDirection", &"HORIZONTAL"),
                ("spaceColumns", &1134),
                ("tabStop", &8000),
                ("tabStopVal", &4000),
                ("tabStopUnit", &"HWPUNIT"),
                ("outlineShapeIDRef", &1),
                ("memoShapeIDRef", &0),
                ("textVerticalWidthHead", &0),
                ("masterPageCnt", &0),
            ],
        );
        xml.empty("hp:grid", &[("lineGrid", &0), ("charGrid", &0), ("wonggojiFormat", &0)]);
        // No number to start with: sheets are counted on from the section before.
        let start =
            [("pageStartsOn", &"BOTH" as &dyn Display), ("page", &0), ("pic", &0), ("tbl", &0), ("equation", &0)];
        xml.empty("hp:startNum", &start);
        xml.empty(
            "hp:visibility",
            &[
                ("hideFirstHeader", &0),
                ("hideFirstFooter", &0),
                ("hideFirstMasterPage", &0),
                ("border", &"SHOW_ALL"),
                ("fill", &"SHOW_ALL"),
                ("hideFirstPageNum", &0),
                ("hideFirstEmptyLine", &0),
                ("showLineNumber", &0),
            ],
        );
        let lines = ["restartType", "countBy", "distance", "startNumber"].map(|name| (name, &0 as &dyn Display));
        xml.empty("hp:lineNumberShape", &lines);
        let (width, height) = self.sheet.paper();
        let landscape = self.sheet.landscape();
        let paper = [("landscape", &landscape as &dyn Display), ("width", &width), ("height", &height)];
        xml.open("hp:pagePr", &[paper[0], paper[1], paper[2], ("gutterType", &"LEFT_ONLY")]);
        xml.empty("hp:margin", &MARGINS.each_ref().map(|(name, length)| (*name, length as &dyn Display)));
        xml.close();
        notes_at_the_foot(xml, "hp:footNotePr", "EACH_COLUMN");
        notes_at_the_foot(xml, "hp:endNotePr", "END_OF_DOCUMENT");
        for pages in ["BOTH", "EVEN", "ODD"] {
            page_border(xml, pages);
        }
        xml.close();
        one_column_and_numbers(xml);
        xml.close();
    }
}

/// How footnotes and endnotes would look. There are none, but Hangul writes these into every section.
fn notes_at_the_foot(xml: &mut Xml, name: &'static str, place: &str) {
    xml.open(name, &[]);
    xml.empty(
        "hp:autoNumFormat",
        &[("type", &"DIGIT"), ("userChar", &""), ("prefixChar", &""), ("suffixChar", &")"), ("supscript", &0)],
    );
    xml.empty("hp:noteLine", &[("length", &-1), ("type", &"SOLID"), ("width", &"0.12 mm"), ("color", &"#000000")]);
    xml.empty("hp:noteSpacing", &[("betweenNotes", &283), ("belowLine", &567), ("aboveLine", &850)]);
    xml.empty("hp:numbering", &[("type", &"CONTINUOUS"), ("newNum", &1)]);
    xml.empty("hp:placement", &[("place", &place), ("beneathText", &0)]);
    xml.close();
}

fn page_border(xml: &mut Xml, pages: &str) {
    xml.open(
        "hp:pageBorderFill",
        &[
            ("type", &pages),
            ("borderFillIDRef", &NO_BORDER),
            ("textBorder", &"PAPER"),
            ("headerInside", &0),
            ("footerInside", &0),
            ("fillArea", &"PAPER"),
        ],
    );
    xml.empty("hp:offset", &["left", "right", "top", "bottom"].map(|side| (side, &1417 as &dyn Display)));
    xml.close();
}

/// One column of text, and `- 1 -` in the middle of the foot of each sheet.
fn one_column_and_numbers(xml: &mut Xml) {
    xml.open("hp:ctrl", &[]);
    let column = [("id", &"" as &dyn Display), ("type", &"NEWSPAPER"), ("layout", &"LEFT"), ("colCount", &1)];
    xml.empty("hp:colPr", &[column[0], column[1], column[2], column[3], ("sameSz", &1), ("sameGap", &0)]);
    xml.close();
    xml.open("hp:ctrl", &[]);
    xml.empty("hp:pageNum", &[("pos", &"BOTTOM_CENTER"), ("formatType", &"DIGIT"), ("sideChar", &"-")]);
    xml.close();
}
