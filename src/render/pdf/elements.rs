//! What a document says apart from where it stands: headings, paragraphs, lists, tables, for those who have it read out.
//!
//! # Why
//!
//! A cell may stand on two sheets, and a heading of a table on every one. The tree is built once, in the order of
//! reading; what is drawn names its place in the tree.

use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};
use std::num::NonZeroU16;

/// The place of an element in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ElementId(usize);

/// How many characters of a text are said where only a short one is wanted; all of it stands on paper.
const SHORT: usize = 1_000;

/// The beginning of a text, for a bookmark or what is read out in place of a picture: files have no room for more.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHORT) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", &text[..at]),
    }
}

/// What an element is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// All of it.
    Document,
    /// A heading so deep, from 1, which says this.
    Heading(u16, String),
    /// A paragraph.
    Paragraph,
    /// A list.
    List,
    /// One of its points.
    Point,
    /// The mark before a point.
    Label,
    /// What a point says.
    Body,
    /// A table.
    Table,
    /// What a table is called.
    Caption,
    /// Its headings.
    Head,
    /// Its rows.
    Rows,
    /// One of them.
    Row,
    /// The heading of a column.
    ColumnHeading,
    /// The heading of a row.
    RowHeading,
    /// A cell.
    Cell,
    /// A picture, which shows this.
    Figure(String),
}

#[derive(Clone, Debug)]
struct Element {
    kind: Kind,
    children: Vec<Child>,
}

#[derive(Clone, Debug)]
enum Child {
    Element(usize),
    Drawn(Identifier),
}

/// The elements of a document.
#[derive(Clone, Debug)]
pub(super) struct Elements(Vec<Element>);

impl Elements {
    /// An empty document.
    pub(super) fn new() -> Elements {
        Elements(vec![Element { kind: Kind::Document, children: Vec::new() }])
    }

    /// The whole document.
    pub(super) const ROOT: ElementId = ElementId(0);

    /// Adds an element at the end of another.
    pub(super) fn add(&mut self, parent: ElementId, kind: Kind) -> ElementId {
        let id = self.0.len();
        self.0.push(Element { kind, children: Vec::new() });
        self.0[parent.0].children.push(Child::Element(id));
        ElementId(id)
    }

    /// Says that something that was drawn is a part of an element.
    pub(super) fn drawn(&mut self, element: ElementId, identifier: Identifier) {
        self.0[element.0].children.push(Child::Drawn(identifier));
    }

    /// The tree, as a PDF has it.
    pub(super) fn tree(&self) -> TagTree {
        let mut tree = TagTree::new();
        for child in &self.0[Elements::ROOT.0].children {
            tree.push(self.node(child));
        }
        tree
    }

    fn node(&self, child: &Child) -> Node {
        match child {
            Child::Drawn(identifier) => Node::Leaf(*identifier),
            Child::Element(id) => {
                let element = &self.0[*id];
                let mut group = TagGroup::new(tag(&element.kind));
                for child in &element.children {
                    group.push(self.node(child));
                }
                Node::Group(group)
            }
        }
    }
}

fn tag(kind: &Kind) -> TagKind {
    match kind {
        Kind::Document => Tag::Part.into(),
        Kind::Heading(level, text) => {
            Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(shortened(text))).into()
        }
        Kind::Paragraph => Tag::P.into(),
        Kind::List => Tag::L(ListNumbering::None).into(),
        Kind::Point => Tag::LI.into(),
        Kind::Label => Tag::Lbl.into(),
        Kind::Body => Tag::LBody.into(),
        Kind::Table => Tag::Table.into(),
        Kind::Caption => Tag::Caption.into(),
        Kind::Head => Tag::THead.into(),
        Kind::Rows => Tag::TBody.into(),
        Kind::Row => Tag::TR.into(),
        Kind::ColumnHeading => Tag::TH(TableHeaderScope::Column).into(),
        Kind::RowHeading => Tag::TH(TableHeaderScope::Row).into(),
        Kind::Cell => Tag::TD.into(),
        Kind::Figure(text) => Tag::Figure(Some(shortened(text))).into(),
    }
}
