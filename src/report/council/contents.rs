//! Which sections a report has, and in which order.

use crate::ledger::{Books, Section};
use crate::words::{Text, did_you_mean};

/// The sections of a report in order.
#[derive(Clone, Debug)]
pub struct Contents {
    pub(super) chapters: Vec<Chapter>,
    /// Whether they were asked for by name: then one that has nothing to say says so.
    pub(super) asked: bool,
}

/// A section, and those below it.
#[derive(Clone, Debug)]
pub(super) struct Chapter {
    pub(super) id: String,
    pub(super) below: Vec<String>,
}

impl Chapter {
    fn ids(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.id).chain(&self.below).map(String::as_str)
    }
}

/// The ending of sections that are of the year before.
pub(super) const BEFORE: &str = "-before";

impl Contents {
    /// As the book declares them; else all that the program and the book have, each where it has something to say.
    pub fn of(books: &Books) -> Contents {
        let outline = &books.year.outline;
        if let Some(named) = &outline.sections {
            let ids = named.iter().map(|named| named.id.clone()).collect();
            return Contents { chapters: chapters(books, ids), asked: true };
        }
        let held = |id: &str| outline.described.iter().any(|one| one.sections.iter().any(|named| named.id == id));
        let built_in = Section::BUILT_IN.into_iter().filter(|id| !id.ends_with(BEFORE));
        let own = outline.described.iter().map(|section| section.id.as_str());
        let own: Vec<&str> = own.filter(|id| !Section::BUILT_IN.contains(id)).collect();
        let mut ids: Vec<String> = Vec::new();
        for id in built_in {
            ids.push(id.to_owned());
            if id == "facts" {
                ids.extend(own.iter().map(|id| (*id).to_owned()));
            }
        }
        ids.retain(|id| !held(id));
        Contents { chapters: chapters(books, ids), asked: false }
    }

    /// Those of some names.
    ///
    /// # Errors
    /// The name that is of no section, or named twice, and the way out.
    pub fn named(books: &Books, names: &[String]) -> Result<Contents, (String, Text)> {
        let outline = &books.year.outline;
        let mut ids: Vec<String> = Vec::new();
        for name in names.iter().map(|name| name.trim()) {
            if !outline.knows(name) {
                return Err((name.to_owned(), did_you_mean(name, &outline.names())));
            }
            ids.push(name.to_owned());
        }
        let chapters = chapters(books, ids);
        let mut seen = std::collections::HashSet::new();
        for id in chapters.iter().flat_map(Chapter::ids) {
            if !seen.insert(id) {
                return Err((id.to_owned(), Text::new("한 번만 적을 것", "name it once")));
            }
        }
        Ok(Contents { chapters, asked: true })
    }

    /// Whether a section is among them.
    pub fn has(&self, id: &str) -> bool {
        self.ids().any(|named| named == id)
    }

    /// Whether any of them is of the year before, or beside it.
    pub fn needs_the_year_before(&self) -> bool {
        self.has("years") || self.is_of_two_years()
    }

    /// Whether any of them tells of the year before alone.
    pub(super) fn is_of_two_years(&self) -> bool {
        self.ids().any(|id| id.ends_with(BEFORE))
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        self.chapters.iter().flat_map(Chapter::ids)
    }
}

fn chapters(books: &Books, ids: Vec<String>) -> Vec<Chapter> {
    let below = |id: &str| {
        let section = books.year.outline.section(id);
        section.map(|section| section.sections.iter().map(|named| named.id.clone()).collect()).unwrap_or_default()
    };
    ids.into_iter().map(|id| Chapter { below: below(&id), id }).collect()
}
