//! What JSON documents of pages are made of; the words here are those of their schemas (`fixtures/schema/`).

use super::why::JsonWhy;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use std::borrow::Cow;

#[cfg(test)]
use super::schema::{DATE, EXACT, SHOWN};

/// A report of a year.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "document"))]
pub(super) struct Document<'a> {
    /// The name of this schema; its number grows when a field goes or means something else.
    pub(super) schema: String,
    /// Whose books it is a report of.
    pub(super) entity: Both<'a>,
    /// The fiscal year; of two years the later; 0 where it is a report of no book.
    pub(super) fiscal_year: i32,
    /// What it is called.
    pub(super) title: Both<'a>,
    /// Its sentences, without headings, lists and notes: `contents` has all of them in order.
    pub(super) paragraphs: Vec<Both<'a>>,
    /// Its tables.
    pub(super) tables: Vec<JsonTable<'a>>,
    /// Everything that stands on it, in order.
    pub(super) contents: Vec<Content<'a>>,
}

/// A text in both languages.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "text"))]
pub(super) struct Both<'a> {
    /// In Korean.
    pub(super) ko: Cow<'a, str>,
    /// In English.
    pub(super) en: Cow<'a, str>,
}

/// A part of a page.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "content"))]
pub(super) enum Content<'a> {
    /// A heading.
    Heading {
        /// How deep it stands: 1 below the title, 2 below that.
        #[cfg_attr(test, schemars(range(min = 1)))]
        level: u8,
        /// What it says.
        text: Both<'a>,
    },
    /// A sentence.
    Paragraph {
        /// What it says.
        text: Both<'a>,
    },
    /// Points, one below the other.
    List {
        /// The points in order.
        points: Vec<JsonPoint<'a>>,
    },
    /// Something that has to be said apart from the text.
    Note(JsonNote<'a>),
    /// A table, which stands among `tables`.
    Table {
        /// Which of them.
        id: &'a str,
    },
    /// Figures to look at.
    Chart(JsonChart<'a>),
    /// What follows begins a new sheet of paper.
    PageBreak,
}

/// A point of a list.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "point"))]
pub(super) struct JsonPoint<'a> {
    /// How deep it stands, from 0.
    pub(super) depth: u32,
    /// What it is about; null where it is not one of several facts of a kind.
    pub(super) label: Option<Both<'a>>,
    /// What it says.
    pub(super) text: Both<'a>,
}

/// Figures to look at; the tables hold them, or what they are rates of.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "chart", inline))]
pub(super) struct JsonChart<'a> {
    /// The stable name: one of each in a document.
    pub(super) id: &'a str,
    /// What it shows.
    pub(super) title: Both<'a>,
    /// How its figures are to be looked at: `parts` of a whole, of which there may be more than all; `amounts` beside one
    /// another; a `course` of what has come so far.
    #[cfg_attr(test, schemars(extend("enum" = ["parts", "amounts", "course"])))]
    pub(super) shape: &'static str,
    /// The unit of its shown amounts; absent where it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(extend("enum" = crate::money::Unit::ALL.map(|unit| unit.word().id))))]
    pub(super) unit: Option<&'static str>,
    /// What stands beside one another at each point.
    pub(super) series: Vec<Both<'a>>,
    /// The points in order.
    pub(super) points: Vec<JsonMark<'a>>,
}

/// A point of a chart.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "mark"))]
pub(super) struct JsonMark<'a> {
    /// What it is called.
    pub(super) name: Both<'a>,
    /// A figure for each series.
    pub(super) cells: Vec<JsonCell<'a>>,
}

/// A table.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "table"))]
pub(super) struct JsonTable<'a> {
    /// The stable name: one of each in a document.
    pub(super) id: &'a str,
    /// What it is called, where a document has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) caption: Option<Both<'a>>,
    /// The unit of its shown amounts; absent where it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(extend("enum" = crate::money::Unit::ALL.map(|unit| unit.word().id))))]
    pub(super) unit: Option<&'static str>,
    /// Its columns.
    pub(super) columns: Vec<JsonColumn<'a>>,
    /// Its rows, in printing order.
    pub(super) rows: Vec<JsonRow<'a>>,
    /// What has to be said below it.
    pub(super) notes: Vec<JsonNote<'a>>,
}

/// Something that has to be said apart from the text.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "note", inline))]
pub(super) struct JsonNote<'a> {
    /// `caution`: without it the figures say something that is not so; `remark`: it explains.
    #[cfg_attr(test, schemars(extend("enum" = ["caution", "remark"])))]
    pub(super) weight: &'static str,
    /// What it says.
    pub(super) text: Both<'a>,
    /// The places that it is about, where it names some.
    pub(super) items: Vec<Both<'a>>,
}

/// A column of a table.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "column"))]
pub(super) struct JsonColumn<'a> {
    /// The stable name: rows have their cells under it. The first column is the key, and rows have that beside their cells.
    pub(super) id: &'static str,
    /// The heading.
    pub(super) heading: Both<'a>,
    /// What it holds.
    #[cfg_attr(test, schemars(extend("enum" = ["key", "text", "count", "amount", "rate"])))]
    pub(super) role: &'static str,
}

/// A row; its key stands under the name of the key's column.
pub(super) struct JsonRow<'a> {
    pub(super) of: &'static str,
    pub(super) key: &'a str,
    pub(super) name: Option<Both<'a>>,
    pub(super) class: &'static str,
    pub(super) depth: u32,
    pub(super) cells: InOrder<'a>,
}

impl Serialize for JsonRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(self.of, self.key)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("class", self.class)?;
        map.serialize_entry("depth", &self.depth)?;
        map.serialize_entry("cells", &self.cells)?;
        map.end()
    }
}

/// Cells by the ids of their columns, in the order of the columns.
pub(super) struct InOrder<'a>(pub(super) Vec<(&'static str, JsonCell<'a>)>);

impl Serialize for InOrder<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, cell)| (id, cell)))
    }
}

/// What a cell says. Words are their own reason; figures say why.
#[derive(Serialize)]
#[serde(untagged)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "cell"))]
pub(super) enum JsonCell<'a> {
    /// Nothing, which is not zero.
    Blank {
        /// No figure.
        exact: (),
        /// Nor one that is shown.
        shown: (),
        /// Why there is none.
        why: JsonWhy<'a>,
    },
    /// A name or a text, with its figures in it where it has some.
    Text {
        /// What it says.
        text: Both<'a>,
    },
    /// A number that is no amount.
    Count {
        /// The number.
        count: u64,
    },
    /// From when until when; null is open.
    Dates {
        /// The first day, month or year.
        #[cfg_attr(test, schemars(regex(pattern = DATE)))]
        from: Option<String>,
        /// The last.
        #[cfg_attr(test, schemars(regex(pattern = DATE)))]
        to: Option<String>,
    },
    /// An amount.
    Money {
        /// In won, to the last digit.
        #[cfg_attr(test, schemars(regex(pattern = EXACT)))]
        exact: String,
        /// In the unit of the table or chart, rounded once.
        #[cfg_attr(test, schemars(regex(pattern = SHOWN)))]
        shown: Option<String>,
        /// Why it is that.
        why: JsonWhy<'a>,
    },
    /// A rate.
    Rate {
        /// The amounts that it is of.
        exact: Part,
        /// In per cent, rounded once; never 100 while something is left.
        #[cfg_attr(test, schemars(regex(pattern = SHOWN)))]
        shown: Option<String>,
        /// Why it is that.
        why: JsonWhy<'a>,
    },
}

/// A part of a whole.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "ratio"))]
pub(super) struct Part {
    /// The part, in won.
    #[cfg_attr(test, schemars(regex(pattern = EXACT)))]
    pub(super) part: String,
    /// The whole, in won.
    #[cfg_attr(test, schemars(regex(pattern = EXACT)))]
    pub(super) whole: String,
}
