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
    /// All of them, one behind another, and [`WIDE`] zeros: each line asks for two or three, and what lies together is
    /// quickly at hand.
    text: Vec<u8>,
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
    fn within<'t>(&self, text: &'t [u8]) -> &'t [u8] {
        let start = self.start as usize;
        text.get(start..start + self.length as usize).unwrap_or_default()
    }
}

/// The bytes of a name as whole numbers, zeros behind its end.
type Padded<const WORDS: usize> = [u128; WORDS];

/// Names of up to sixteen bytes are hashed and compared as one number: the processor has not to guess how many they are
/// (5 % of the time).
const NARROW: usize = 16;
/// Longer ones, as paths of accounts are, as four numbers. What is longer still is taken as it is.
const WIDE: usize = 64;

/// A name of so many bytes that stands in a text, if the text goes on far enough behind it.
#[inline(always)]
fn padded<const WORDS: usize>(text: &[u8], start: usize, length: usize) -> Option<Padded<WORDS>> {
    /// So many bytes with all their bits, and as many with none.
    const COUNTED: [u8; 2 * WIDE] = {
        let mut counted = [0; 2 * WIDE];
        let mut at = 0;
        while at < WIDE {
            counted[at] = 0xff;
            at += 1;
        }
        counted
    };
    let (bytes, _) = text.get(start..start + 16 * WORDS)?.as_chunks();
    let (counted, _) = COUNTED.get(WIDE - length..WIDE - length + 16 * WORDS)?.as_chunks();
    let mut padded = [0; WORDS];
    for (at, word) in padded.iter_mut().enumerate() {
        *word = u128::from_le_bytes(bytes[at]) & u128::from_le_bytes(counted[at]);
    }
    Some(padded)
}

/// Whether two names are one. To compare them number by number would be to guess where they differ.
#[inline(always)]
fn same<const WORDS: usize>(a: &Padded<WORDS>, b: &Padded<WORDS>) -> bool {
    let mut difference = 0;
    for (at, word) in a.iter().enumerate() {
        difference |= word ^ b[at];
    }
    difference == 0
}

/// A hash of nothing but the bytes: that names of other lengths differ is seen when they are compared.
#[inline(always)]
fn hash<const WORDS: usize>(hashing: &RandomState, name: &Padded<WORDS>) -> u64 {
    let mut hasher = hashing.build_hasher();
    name.iter().for_each(|word| hasher.write_u128(*word));
    hasher.finish()
}

/// A name where the text does not go on behind it.
#[cold]
fn at_the_end<const WORDS: usize>(name: &[u8]) -> Padded<WORDS> {
    let mut text = [0; WIDE + WIDE];
    text[..name.len()].copy_from_slice(name);
    padded(&text, 0, name.len()).unwrap_or([0; WORDS])
}

/// The same of a name that is longer.
fn hash_long(hashing: &RandomState, name: &[u8]) -> u64 {
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
        Names { text: vec![0; WIDE], exact: HashTable::new(), hashing: RandomState::default(), loose: OnceLock::new() }
    }
}

impl<T: Copy> Names<T> {
    /// Takes a name; `false` where it was taken before, which then stays.
    pub fn add(&mut self, name: &str, stands_for: T) -> bool {
        if self.exactly(name).is_some() {
            return false;
        }
        let start = self.text.len() - WIDE;
        self.text.truncate(start);
        self.text.extend_from_slice(name.as_bytes());
        self.text.extend_from_slice(&[0; WIDE]);
        // What is longer than four gigabytes is no list of names that anybody can have written.
        let (Ok(start), Ok(length)) = (u32::try_from(start), u32::try_from(name.len())) else { return false };
        let named = Named { start, length, thing: stands_for };
        let Names { text, exact, hashing, .. } = self;
        let hash = |named: &Named<T>| {
            let (start, length) = (named.start as usize, named.length as usize);
            if length > WIDE {
                return hash_long(hashing, named.within(text));
            }
            let narrow = || padded(text, start, length).map(|name| hash::<1>(hashing, &name));
            let wide = || padded(text, start, length).map(|name| hash::<4>(hashing, &name));
            if length <= NARROW { narrow() } else { wide() }.unwrap_or_default()
        };
        exact.insert_unique(hash(&named), named, hash);
        self.loose.take();
        true
    }

    /// Looks up a name that is written as it was taken.
    pub fn exactly(&self, name: &str) -> Option<T> {
        self.within(name.as_bytes(), (0, name.len()))
    }

    /// The same of a name that stands in a text from one byte to before another.
    #[inline(always)]
    pub fn within(&self, text: &[u8], (start, end): (usize, usize)) -> Option<T> {
        let length = end - start;
        if length <= NARROW {
            self.padded::<1>(text, start, length)
        } else if length <= WIDE {
            self.padded::<4>(text, start, length)
        } else {
            self.long(&text[start..end])
        }
    }

    /// Looks up a name that is too long for numbers.
    fn long(&self, name: &[u8]) -> Option<T> {
        let found = self.exact.find(hash_long(&self.hashing, name), |named| named.within(&self.text) == name);
        found.map(|named| named.thing)
    }

    #[inline(always)]
    fn padded<const WORDS: usize>(&self, text: &[u8], start: usize, length: usize) -> Option<T> {
        let name = match padded::<WORDS>(text, start, length) {
            Some(name) => name,
            None => at_the_end(&text[start..start + length]),
        };
        let is = |named: &Named<T>| {
            named.length as usize == length
                && padded(&self.text, named.start as usize, length).is_some_and(|other| same(&name, &other))
        };
        self.exact.find(hash(&self.hashing, &name), is).map(|named| named.thing)
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
            let left = loosely(&String::from_utf8_lossy(named.within(&self.text)));
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

    proptest! {
        /// However long names are, and wherever in a text they stand, each is found by all its bytes and no others.
        #[test]
        fn names_are_found_in_a_text_by_their_bytes(
            taken in proptest::collection::vec("[ab\0]{0,3}|[ab]{14,18}|a{60,68}[b\0]{0,2}", 0..30),
            asked in "[ab\0]{0,3}|[ab]{14,18}|a{60,68}[b\0]{0,2}",
            before in "[ab\0]{0,3}",
            behind in "[ab\0]{0,3}|c{90}",
        ) {
            let mut names = Names::default();
            let mut known = HashMap::new();
            for (number, name) in taken.iter().enumerate() {
                prop_assert_eq!(names.add(name, number), !known.contains_key(name));
                known.entry(name.clone()).or_insert(number);
            }
            for name in taken.iter().chain([&asked]) {
                let text = format!("{before}{name}{behind}");
                let place = (before.len(), before.len() + name.len());
                prop_assert_eq!(names.within(text.as_bytes(), place), known.get(name).copied());
                prop_assert_eq!(names.exactly(name), known.get(name).copied());
            }
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
