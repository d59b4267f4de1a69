//! What a book says of its whole report: its title, which sections in which order, and the texts that no figure tells.
//!
//! Law: texts live in the book, never in the program; figures live in the lines, never in a text.

use super::item::Reference;
use crate::words::Text;

/// The outline of the whole report.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// What it is called, where it is not called after its year.
    pub title: Option<Text>,
    /// What stands on its first page: the day, the place, who reports.
    pub facts: Vec<Fact>,
    /// Its sections in order; all that have something to say, where absent.
    pub sections: Option<Vec<Reference>>,
    /// What is said of sections: those of the book itself, and more of the program's.
    pub described: Vec<Section>,
}

impl Outline {
    /// What is said of a section.
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.described.iter().find(|section| section.id == id)
    }

    /// Whether a name is that of a section, of the program or of the book.
    pub fn knows(&self, id: &str) -> bool {
        Section::BUILT_IN.contains(&id) || self.section(id).is_some()
    }

    /// The names of all sections: those of the program, then those of the book.
    pub fn names(&self) -> Vec<&str> {
        let own = self.described.iter().map(|section| section.id.as_str());
        Section::BUILT_IN.into_iter().chain(own.filter(|id| !Section::BUILT_IN.contains(id))).collect()
    }
}

/// A section: one that the book has for itself, or what it says of one that the program makes.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// Its name.
    pub id: String,
    /// Its heading, where it is not the program's.
    pub title: Option<Text>,
    /// Its texts.
    pub texts: Vec<Passage>,
    /// The sections below it.
    pub sections: Vec<Reference>,
    /// Of a settlement, the layout that it has.
    pub layout: Option<Reference>,
}

impl Section {
    /// The sections that the program makes, in the order that they have where none is declared.
    pub const BUILT_IN: [&str; 13] = [
        "summary",
        "facts",
        "plan",
        "settlement",
        "performance",
        "return",
        "execution",
        "settlement-before",
        "performance-before",
        "return-before",
        "execution-before",
        "years",
        "appendix",
    ];
}

/// A text with what belongs to it.
#[derive(Clone, Debug, Default)]
pub struct Passage {
    /// Where it stands.
    pub at: Standing,
    /// Its heading.
    pub heading: Option<Text>,
    /// A paragraph.
    pub text: Option<Text>,
    /// What is told under a label each.
    pub facts: Vec<Fact>,
    /// Points, one below the other.
    pub points: Vec<Bullet>,
    /// What has to be said apart from the text.
    pub note: Option<Text>,
}

impl Passage {
    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        let Passage { at: _, heading, text, facts, points, note } = self;
        heading.is_none() && text.is_none() && facts.is_empty() && points.is_empty() && note.is_none()
    }
}

/// Where a text stands to what the program says of the same thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Standing {
    /// Before it.
    #[default]
    Before,
    /// Among the facts: behind who takes part, before the schedule.
    Within,
    /// After it.
    After,
}

impl Standing {
    /// Every one with the name that files use.
    pub const ALL: [(Standing, &'static str); 3] =
        [(Standing::Before, "before"), (Standing::Within, "within"), (Standing::After, "after")];
}

/// Something under a label: 장소, 인력.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The label.
    pub label: Text,
    /// What it is.
    pub text: Text,
}

/// A point, and those below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bullet {
    /// What it says.
    pub text: Text,
    /// What it is made of.
    pub points: Vec<Bullet>,
}
