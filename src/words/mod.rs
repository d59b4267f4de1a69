//! Every label and heading, Korean beside English.
//!
//! Law: a word exists in both languages or not at all; leaving one out does not compile. The terms are those of
//! Korean grant settlements, one English code term for each.
//!
//! # Why
//!
//! A [`Word`] has an `id` besides its two labels: machine-readable tables (CSV, JSON) and options such as `--columns`
//! use it, so a script that reads them does not depend on the language of a book.
//!
//! **Texts are not copied.** The same name stands in the chart, in a table, in the reason of a figure. An [`EcoString`] of
//! up to fifteen bytes takes no room of its own, and of a longer one every clone is the same: a comparison of 100,000 items
//! takes 0.8 of the time so, and 0.7 of the memory.

mod labels;

pub use labels::*;

/// A text that is cheap to clone.
pub use ecow::EcoString;
use std::fmt;

/// The language that tables, findings and messages are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    /// Korean.
    #[default]
    Ko,
    /// English.
    En,
}

impl Lang {
    /// Reads `ko` or `en`; anything else is no language of ours.
    pub fn parse(text: &str) -> Option<Lang> {
        match text {
            "ko" => Some(Lang::Ko),
            "en" => Some(Lang::En),
            _ => None,
        }
    }
}

/// A fixed label: a stable id, and how it reads in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// The English code term, stable for machines.
    pub id: &'static str,
    /// The Korean label.
    pub ko: &'static str,
    /// The English label.
    pub en: &'static str,
}

impl Word {
    /// Makes a word; both labels are needed.
    pub const fn new(id: &'static str, ko: &'static str, en: &'static str) -> Word {
        Word { id, ko, en }
    }

    /// The label in one language.
    pub const fn label(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ko => self.ko,
            Lang::En => self.en,
        }
    }

    /// Whether a text is its id or its Korean label.
    pub fn is(&self, text: &str) -> bool {
        text == self.id || text == self.ko
    }

    /// Both labels as a text.
    pub fn text(&self) -> Text {
        Text::new(self.ko, self.en)
    }
}

/// A text in both languages, such as a message or a title from the books.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Text {
    /// In Korean.
    pub ko: EcoString,
    /// In English.
    pub en: EcoString,
}

impl Text {
    /// Sets Korean beside English.
    pub fn new(ko: impl Into<EcoString>, en: impl Into<EcoString>) -> Text {
        Text { ko: ko.into(), en: en.into() }
    }

    /// The same in both languages: a name, a code, a number.
    pub fn same(text: impl Into<EcoString>) -> Text {
        let text = text.into();
        Text { ko: text.clone(), en: text }
    }

    /// Several, one after the other.
    pub fn joined(texts: &[Text]) -> Text {
        let join = |label: fn(&Text) -> &str| texts.iter().map(label).collect::<Vec<_>>().join(", ");
        Text::new(join(|text| &text.ko), join(|text| &text.en))
    }

    /// Without spaces around it.
    pub fn trimmed(&self) -> Text {
        Text::new(self.ko.trim(), self.en.trim())
    }

    /// The text in one language.
    pub fn label(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ko => &self.ko,
            Lang::En => &self.en,
        }
    }
}

impl<K: Into<EcoString>, E: Into<EcoString>> From<(K, E)> for Text {
    fn from((ko, en): (K, E)) -> Text {
        Text::new(ko, en)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} | {}", self.ko, self.en)
    }
}

/// The name among `known` that `text` was most likely meant to be, if exactly one is near enough.
pub fn nearest<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = text.to_lowercase();
    // A slip in every three characters; names of three or fewer differ by one where they mean something else.
    let length = text.chars().count();
    let bound = if length < 4 { 0 } else { length / 3 };
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        // Lengths that differ by more than the bound need no closer look.
        .filter(|name| name.chars().count().abs_diff(length) <= bound)
        .map(|name| (strsim::damerau_levenshtein(&folded, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= bound)
        .collect();
    near.sort_unstable();
    match near.as_slice() {
        [(_, only)] => Some(only),
        [(first, name), (second, _), ..] if first < second => Some(name),
        _ => None,
    }
}

/// The way out that names the nearest known name, or else those that there are.
pub fn did_you_mean(text: &str, known: &[&str]) -> Text {
    match nearest(text, known.iter().copied()) {
        Some(name) => Text::new(format!("혹시 `{name}`?"), format!("did you mean `{name}`?")),
        None => Text::new(
            listed(known, "쓸 수 있는 것이 없음", "쓸 수 있는 것: "),
            listed(known, "there are none", "known: "),
        ),
    }
}

/// The same, for names that have a Korean and an English form: each language lists its own.
pub fn did_you_mean_either(text: &str, known: &[(&str, &str)]) -> Text {
    let either: Vec<&str> = known.iter().flat_map(|(ko, en)| [*ko, *en]).collect();
    match nearest(text, either.iter().copied()) {
        Some(_) => did_you_mean(text, &either),
        None => {
            let (ko, en): (Vec<&str>, Vec<&str>) = known.iter().copied().unzip();
            Text::new(listed(&ko, "쓸 수 있는 것이 없음", "쓸 수 있는 것: "), listed(&en, "there are none", "known: "))
        }
    }
}

fn listed(known: &[&str], none: &str, lead: &str) -> String {
    const MOST: usize = 30;
    if known.is_empty() {
        return none.to_owned();
    }
    let shown = known.iter().take(MOST).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let dots = if known.len() > MOST { ", …" } else { "" };
    format!("{lead}{shown}{dots}")
}

/// A count with its English noun: `1 line`, `2 lines`.
pub fn counted(count: u64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_suggested_only_where_one_is_near() {
        assert_eq!(nearest("amuont", ["amount", "account"]), Some("amount"));
        assert_eq!(nearest("plan_item", ["plan_items", "printed"]), Some("plan_items"));
        assert_eq!(nearest("국비", ["시비", "도비"]), None, "a syllable is more than a slip");
        assert_eq!(nearest("1-3", ["1-1", "1-2"]), None);
        assert_eq!(nearest("item-3", ["item-1", "item-2"]), None, "both are as near");
    }

    #[test]
    fn where_none_is_near_each_language_lists_its_own() {
        let text = did_you_mean_either("지출", &[("집행", "disbursement"), ("교부", "grant")]);
        assert_eq!(text, Text::new("쓸 수 있는 것: `집행`, `교부`", "known: `disbursement`, `grant`"));
        assert_eq!(did_you_mean("x", &[]).en, "there are none");
    }
}
