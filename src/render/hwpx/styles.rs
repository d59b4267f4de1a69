//! How characters, paragraphs and borders look: each look once, known by its place.
//!
//! Law: an id is given out by the shelf that the look is put on, so whatever a section names is in the header.

use super::measure::Length;

/// The looks that a document uses.
pub(super) struct Styles {
    /// Looks of characters, from 0.
    pub(super) characters: Shelf<Character>,
    /// Looks of paragraphs, from 0.
    pub(super) paragraphs: Shelf<Paragraph>,
    /// Looks of borders, from 1.
    pub(super) borders: Shelf<Border>,
    /// Named styles: the looks of characters and paragraphs of each, by place.
    pub(super) named: Vec<(Named, usize, usize)>,
}

/// Looks, each once.
pub(super) struct Shelf<T> {
    looks: Vec<T>,
    first: usize,
}

impl<T: PartialEq + Copy> Shelf<T> {
    /// The id of a look; it is put here unless it is here.
    pub(super) fn id(&mut self, look: T) -> usize {
        let place = self.looks.iter().position(|known| *known == look).unwrap_or_else(|| {
            self.looks.push(look);
            self.looks.len() - 1
        });
        place + self.first
    }

    /// Every look with its id.
    pub(super) fn all(&self) -> impl ExactSizeIterator<Item = (usize, &T)> {
        self.looks.iter().enumerate().map(|(place, look)| (place + self.first, look))
    }
}

/// A look of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Character {
    pub(super) face: Face,
    /// The height of the type.
    pub(super) size: Length,
    pub(super) weight: Weight,
}

/// A font, by its place in the list of fonts: both are on every installation of Hangul.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    /// 함초롬바탕.
    Text,
    /// 맑은 고딕.
    Table,
}

impl Face {
    /// Every font in order.
    pub(super) const ALL: [Face; 2] = [Face::Text, Face::Table];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Face::Text => "함초롬바탕",
            Face::Table => "맑은 고딕",
        }
    }
}

/// How thick characters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Plain,
    Bold,
}

/// A look of paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) align: Align,
    /// Room on its left.
    pub(super) left: Length,
    /// How much further to the right its lines begin but the first.
    pub(super) hanging: Length,
    /// Room above it.
    pub(super) before: Length,
    /// Room below it.
    pub(super) after: Length,
    /// From line to line, in per cent of the type.
    pub(super) spacing: u32,
    /// The level of the heading that it is, from 0.
    pub(super) outline: Option<u8>,
    pub(super) keep: Keep,
    pub(super) words: Words,
}

/// Where the lines of a paragraph stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

/// Whether a paragraph stays on the sheet of the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    Free,
    WithNext,
}

/// Where lines of Hangul break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Words {
    /// At spaces.
    Whole,
    /// Between syllables.
    Broken,
}

/// What stands around and behind a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Border {
    pub(super) left: Rule,
    pub(super) right: Rule,
    pub(super) top: Rule,
    pub(super) bottom: Rule,
    pub(super) fill: Fill,
}

/// A line along a side of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    None,
    /// Between cells.
    Thin,
    /// Below the headings.
    Middle,
    /// Above and below the table.
    Thick,
}

impl Rule {
    pub(super) const fn kind(self) -> &'static str {
        match self {
            Rule::None => "NONE",
            Rule::Thin | Rule::Middle | Rule::Thick => "SOLID",
        }
    }

    pub(super) const fn width(self) -> &'static str {
        match self {
            Rule::None | Rule::Thin => "0.12 mm",
            Rule::Middle => "0.25 mm",
            Rule::Thick => "0.4 mm",
        }
    }
}

/// What is behind the text of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fill {
    None,
    Grey,
}

/// A style that people choose by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// 바탕글.
    Text,
    /// The title of the document.
    Title,
    /// A heading; levels from 0.
    Heading(u8),
}

/// How many levels of headings there are; deeper ones look like the last.
pub(super) const LEVELS: u8 = 7;

impl Named {
    /// What it is called in Korean and in English.
    pub(super) fn names(self) -> (String, String) {
        match self {
            Named::Text => ("바탕글".to_owned(), "Normal".to_owned()),
            Named::Title => ("문서 제목".to_owned(), "Document Title".to_owned()),
            Named::Heading(level) => {
                let number = level + 1;
                (format!("개요 {number}"), format!("Outline {number}"))
            }
        }
    }

    /// The look of its characters.
    pub(super) const fn characters(self) -> Character {
        match self {
            Named::Text => Character { face: Face::Text, size: 1_050, weight: Weight::Plain },
            Named::Title => Character { face: Face::Table, size: 1_800, weight: Weight::Bold },
            Named::Heading(level) => {
                let size = match level {
                    0 => 1_500,
                    1 => 1_300,
                    2 => 1_150,
                    _ => 1_050,
                };
                Character { face: Face::Table, size, weight: Weight::Bold }
            }
        }
    }

    /// The look of its paragraphs.
    pub(super) const fn paragraph(self) -> Paragraph {
        let text = Paragraph {
            align: Align::Left,
            left: 0,
            hanging: 0,
            before: 0,
            after: 200,
            spacing: 150,
            outline: None,
            keep: Keep::Free,
            words: Words::Whole,
        };
        match self {
            Named::Text => text,
            Named::Title => {
                Paragraph { align: Align::Centre, after: 1_200, spacing: 130, keep: Keep::WithNext, ..text }
            }
            Named::Heading(level) => {
                let before = if level == 0 { 1_400 } else { 900 };
                Paragraph { before, after: 300, spacing: 130, outline: Some(level), keep: Keep::WithNext, ..text }
            }
        }
    }
}

impl Styles {
    /// The named styles, with their looks.
    pub(super) fn new() -> Styles {
        let mut styles = Styles {
            characters: Shelf { looks: Vec::new(), first: 0 },
            paragraphs: Shelf { looks: Vec::new(), first: 0 },
            borders: Shelf { looks: Vec::new(), first: 1 },
            named: Vec::new(),
        };
        styles.borders.id(Border::NONE);
        for named in [Named::Text, Named::Title].into_iter().chain((0..LEVELS).map(Named::Heading)) {
            let looks = (styles.characters.id(named.characters()), styles.paragraphs.id(named.paragraph()));
            styles.named.push((named, looks.0, looks.1));
        }
        styles
    }

    /// The id of a named style.
    pub(super) fn of(&self, named: Named) -> usize {
        self.named.iter().position(|(known, ..)| *known == named).unwrap_or(0)
    }
}

impl Border {
    /// Nothing around and nothing behind.
    pub(super) const NONE: Border =
        Border { left: Rule::None, right: Rule::None, top: Rule::None, bottom: Rule::None, fill: Fill::None };
}
