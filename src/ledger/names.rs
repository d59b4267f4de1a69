//! Names looked up as they are written, or else but for their spelling.

use foldhash::fast::RandomState;
use hashbrown::HashTable;
use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hasher as _};
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;

/// Names that stand for something.
#[derive(Clone, Debug)]
pub struct Names<T> {
    /// All of them, one behind another: each line asks for two or three, and what lies together is quickly at hand.
    text: String,
    exact: HashTable<Named<T>>,
    /// A hash that is quick for short texts.
    hashing: RandomState,
    loose: OnceLock<Loose<T>>,
}

/// A stretch of the text, and what it stands for: small, so that a whole plan's names stay in the cache of a core.
#[derive(Clone, Copy, Debug)]
struct Named<T> {
    start: u32,
    length: u32,
    thing: T,
}

impl<T> Named<T> {
    fn within<'t>(&self, text: &'t str) -> &'t str {
        let start = self.start as usize;
        text.get(start..start + self.length as usize).unwrap_or_default()
    }
}

/// A hash of nothing but the bytes: that names of other lengths differ is seen when they are compared.
#[inline]
fn hash(hashing: &RandomState, name: &[u8]) -> u64 {
    let mut hasher = hashing.build_hasher();
    hasher.write(name);
    hasher.finish()
}

/// What names stand for by what is left of them without their spelling; `None` where two would be the same. Of sound books
/// hardly anybody asks, so it is made when somebody does.
type Loose<T> = HashMap<String, Option<T>, RandomState>;

/// What a name was found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found<T> {
    /// It is written so.
    Exactly(T),
    /// It is written otherwise: spaces, middle dots, decomposed Hangul, width or case.
    ButForSpelling(T),
}

impl<T> Default for Names<T> {
    fn default() -> Names<T> {
        Names { text: String::new(), exact: HashTable::new(), hashing: RandomState::default(), loose: OnceLock::new() }
    }
}

impl<T: Copy> Names<T> {
    /// Takes a name; `false` where it was taken before, which then stays.
    pub fn add(&mut self, name: &str, stands_for: T) -> bool {
        if self.exactly(name).is_some() {
            return false;
        }
        // What is longer than four gigabytes is no list of names that anybody can have written.
        let (Ok(start), Ok(length)) = (u32::try_from(self.text.len()), u32::try_from(name.len())) else { return false };
        self.text.push_str(name);
        let named = Named { start, length, thing: stands_for };
        let Names { text, exact, hashing, .. } = self;
        let hash = |named: &Named<T>| hash(hashing, named.within(text).as_bytes());
        exact.insert_unique(hash(&named), named, hash);
        self.loose.take();
        true
    }

    /// Looks up a name that is written as it was taken.
    #[inline]
    pub fn exactly(&self, name: impl AsRef<[u8]>) -> Option<T> {
        let name = name.as_ref();
        let is = |named: &Named<T>| {
            let start = named.start as usize;
            self.text.as_bytes().get(start..start + named.length as usize) == Some(name)
        };
        self.exact.find(hash(&self.hashing, name), is).map(|named| named.thing)
    }

    /// Looks a name up.
    pub fn find(&self, name: &str) -> Option<Found<T>> {
        if let Some(thing) = self.exactly(name) {
            return Some(Found::Exactly(thing));
        }
        let loose = self.loose.get_or_init(|| self.by_what_is_left());
        loose.get(&loosely(name)).copied().flatten().map(Found::ButForSpelling)
    }

    fn by_what_is_left(&self) -> Loose<T> {
        let mut loose = Loose::default();
        // In whatever order: two of one spelling cancel each other.
        self.exact.iter().for_each(|named| {
            let left = loosely(named.within(&self.text));
            loose.entry(left).and_modify(|same| *same = None).or_insert(Some(named.thing));
        });
        loose
    }
}

/// A name without its spelling: composed Hangul, no spaces, one kind of middle dot, plain width, lower case.
pub fn loosely(name: &str) -> String {
    // Most names are of these, which are composed, and have no width.
    let simple = |c: char| c.is_ascii() || matches!(c, '가'..='힣' | '·');
    if name.chars().all(simple) {
        return name.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    }
    fully(name)
}

/// The same of any name.
fn fully(name: &str) -> String {
    let plain = name.nfc().filter(|c| !c.is_whitespace() && *c != '\u{feff}' && *c != '\u{200b}');
    plain
        .map(|c| match c {
            'ㆍ' | '・' | '‧' | '•' | '∙' | '⋅' | 'ᆞ' | '･' => '·',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            _ => c,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_found_but_for_their_spelling() {
        let mut names = Names::default();
        assert!(names.add("사무관리비/임차료·일반수용비", 1));
        assert!(!names.add("사무관리비/임차료·일반수용비", 2));
        assert_eq!(names.find("사무관리비/임차료·일반수용비"), Some(Found::Exactly(1)));
        for name in [
            "사무관리비/임차료ㆍ일반수용비",
            "사무관리비/임차료・일반수용비",
            "사무 관리비 / 임차료·일반수용비",
            "사무관리비/임차료\u{a0}·일반수용비",
            &"사무관리비/임차료·일반수용비".nfd().collect::<String>(),
        ] {
            assert_eq!(names.find(name), Some(Found::ButForSpelling(1)), "{name}");
        }
        assert_eq!(names.find("사무관리비/임차료"), None);
    }

    proptest! {
        #[test]
        fn simple_names_are_read_as_any_others_are(name in "[가-힣a-zA-Z0-9 ·/\t\n\\-.]{0,12}") {
            prop_assert_eq!(loosely(&name), fully(&name));
        }
    }

    #[test]
    fn a_prefix_is_another_name() {
        let mut names = Names::default();
        names.add("Food", 1);
        assert_eq!(names.find("FoodCourt"), None);
    }

    #[test]
    fn two_names_of_one_spelling_are_found_only_exactly() {
        let mut names = Names::default();
        names.add("A B", 1);
        names.add("AB", 2);
        assert_eq!(names.find("AB"), Some(Found::Exactly(2)));
        assert_eq!(names.find("A  B"), None);
        // A name that comes later counts, too.
        names.add("C", 3);
        assert_eq!(names.find("c"), Some(Found::ButForSpelling(3)));
        names.add("c", 4);
        assert_eq!((names.find("c"), names.find(" c")), (Some(Found::Exactly(4)), None));
    }
}
