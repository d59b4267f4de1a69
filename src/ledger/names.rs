//! Names looked up as they are written, or else but for their spelling.

use foldhash::fast::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hasher as _};
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;

/// Names that stand for something.
#[derive(Clone, Debug)]
pub struct Names<T> {
    /// Those of up to sixteen bytes, as ids are: two words of eight. The empty name is among them, and stands for `None`: a
    /// field that may be blank is looked up as any other, so that the processor has not to guess whether it is (where one
    /// in ten is, 2 % of the time).
    narrow: Table<2, Option<T>>,
    /// Those of up to forty-eight, as most paths of accounts are.
    wide: Table<6, T>,
    /// Those of up to ninety-six, as paths of many levels are.
    broad: Table<12, T>,
    /// All others.
    long: HashMap<Box<str>, T, RandomState>,
    /// A hash that is quick for short texts.
    hashing: RandomState,
    loose: OnceLock<Loose<T>>,
}

/// Names lie beside what they stand for, so that each line asks in one place of memory and not in three (3 % of the time).
type Table<const WORDS: usize, T> = HashTable<(Padded<WORDS>, T)>;

/// The bytes of a name as whole numbers, so that the processor has not to guess how many they are (5 % of the time); behind
/// its end are bytes that no text has.
type Padded<const WORDS: usize> = [u64; WORDS];

/// A text of up to twenty-four bytes as numbers: two such texts are the same where these are.
pub type Short = Padded<3>;

/// What stands in a text from one byte to before another, if it is that short.
#[inline(always)]
pub fn short(text: &str, (start, end): (usize, usize)) -> Option<Short> {
    let length = end.wrapping_sub(start);
    if length > size_of::<Short>() {
        return None;
    }
    match padded(text.as_bytes(), start, length) {
        Some(short) => Some(short),
        None => Some(at_the_end(text.as_bytes().get(start..end)?)),
    }
}

/// How many bytes the longest narrow name has, the longest wide one and the longest broad one.
const NARROW: usize = 16;
const WIDE: usize = 48;
const BROAD: usize = 96;

/// A name of so many bytes that stands in a text, if the text goes on far enough behind it.
#[inline(always)]
fn padded<const WORDS: usize>(text: &[u8], start: usize, length: usize) -> Option<Padded<WORDS>> {
    /// Zeros, and as many bytes that no text has: seen from so far before these as a name is long, it covers what is behind
    /// the name.
    const PADDING: [u8; 2 * BROAD] = {
        let mut padding = [0xff; 2 * BROAD];
        let mut at = 0;
        while at < BROAD {
            padding[at] = 0;
            at += 1;
        }
        padding
    };
    let (bytes, _) = text.get(start..start + 8 * WORDS)?.as_chunks();
    let (padding, _) = PADDING.get(BROAD - length..BROAD - length + 8 * WORDS)?.as_chunks();
    let mut padded = [0; WORDS];
    for (at, word) in padded.iter_mut().enumerate() {
        *word = u64::from_le_bytes(bytes[at]) | u64::from_le_bytes(padding[at]);
    }
    Some(padded)
}

/// The same where the text does not go on.
#[cold]
fn at_the_end<const WORDS: usize>(name: &[u8]) -> Padded<WORDS> {
    let mut text = [0; 2 * BROAD];
    text[..name.len()].copy_from_slice(name);
    padded(&text, 0, name.len()).unwrap_or([0; WORDS])
}

/// The name that was padded.
fn name<const WORDS: usize>(padded: &Padded<WORDS>) -> String {
    let bytes = padded.iter().flat_map(|word| word.to_le_bytes()).take_while(|byte| *byte != 0xff);
    String::from_utf8_lossy(&bytes.collect::<Vec<_>>()).into_owned()
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

#[inline(always)]
fn hash<const WORDS: usize>(hashing: &RandomState, name: &Padded<WORDS>) -> u64 {
    let mut hasher = hashing.build_hasher();
    let (pairs, _) = name.as_chunks();
    for [low, high] in pairs {
        hasher.write_u128(u128::from(*low) | u128::from(*high) << 64);
    }
    hasher.finish()
}

/// Takes a name into a table; `false` where it is there.
fn enter<const WORDS: usize, T>(table: &mut Table<WORDS, T>, hashing: &RandomState, name: &str, thing: T) -> bool {
    let name = at_the_end(name.as_bytes());
    let rehash = |(other, _): &(Padded<WORDS>, T)| hash(hashing, other);
    match table.entry(hash(hashing, &name), |(other, _)| same(&name, other), rehash) {
        Entry::Occupied(_) => false,
        Entry::Vacant(vacant) => {
            vacant.insert((name, thing));
            true
        }
    }
}

/// Looks up the name of so many bytes that stands in a text.
#[inline(always)]
fn look_up<const WORDS: usize, T: Copy>(
    table: &Table<WORDS, T>,
    hashing: &RandomState,
    text: &[u8],
    start: usize,
    length: usize,
) -> Option<T> {
    let name = match padded::<WORDS>(text, start, length) {
        Some(name) => name,
        None => at_the_end(text.get(start..start + length)?),
    };
    table.find(hash(hashing, &name), |(other, _)| same(&name, other)).map(|(_, thing)| *thing)
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
        let hashing = RandomState::default();
        let mut narrow = HashTable::new();
        enter(&mut narrow, &hashing, "", None);
        Names {
            narrow,
            wide: HashTable::new(),
            broad: HashTable::new(),
            long: HashMap::with_hasher(hashing.clone()),
            hashing,
            loose: OnceLock::new(),
        }
    }
}

impl<T: Copy> Names<T> {
    /// Takes a name; `false` where it was taken before, which then stays.
    pub fn add(&mut self, name: &str, stands_for: T) -> bool {
        self.loose.take();
        let length = name.len();
        match length {
            // Not the one that stands for nothing in the place of a name: whoever asks for it has to name it.
            _ if name.is_empty() => self.add_long(name, stands_for),
            ..=NARROW => enter(&mut self.narrow, &self.hashing, name, Some(stands_for)),
            _ if length <= WIDE => enter(&mut self.wide, &self.hashing, name, stands_for),
            _ if length <= BROAD => enter(&mut self.broad, &self.hashing, name, stands_for),
            _ => self.add_long(name, stands_for),
        }
    }

    fn add_long(&mut self, name: &str, stands_for: T) -> bool {
        !self.long.contains_key(name) && self.long.insert(name.into(), stands_for).is_none()
    }

    /// Looks up a name that is written as it was taken.
    pub fn exactly(&self, name: &str) -> Option<T> {
        if name.is_empty() { self.long.get("").copied() } else { self.within(name, (0, name.len())) }
    }

    /// The same of a name that stands in a text from one byte to before another; the empty one is not looked for there, and
    /// nothing stands outside the text.
    #[inline(always)]
    pub fn within(&self, text: &str, place: (usize, usize)) -> Option<T> {
        self.within_or_blank(text, place).flatten()
    }

    /// The same of a place that may be empty, which is `Some(None)`; `None` is a name that was not taken.
    #[inline(always)]
    pub fn within_or_blank(&self, text: &str, (start, end): (usize, usize)) -> Option<Option<T>> {
        let (bytes, length) = (text.as_bytes(), end.wrapping_sub(start));
        match length {
            ..=NARROW => look_up(&self.narrow, &self.hashing, bytes, start, length),
            _ if length <= WIDE => look_up(&self.wide, &self.hashing, bytes, start, length).map(Some),
            _ if length <= BROAD => look_up(&self.broad, &self.hashing, bytes, start, length).map(Some),
            _ => self.long.get(text.get(start..end)?).copied().map(Some),
        }
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
        let mut add = |name: &str, thing: T| {
            loose.entry(loosely(name)).and_modify(|same| *same = None).or_insert(Some(thing));
        };
        let narrow = self.narrow.iter().filter_map(|(padded, thing)| thing.map(|thing| (padded, thing)));
        narrow.for_each(|(padded, thing)| add(&name(padded), thing));
        self.wide.iter().for_each(|(padded, thing)| add(&name(padded), *thing));
        self.broad.iter().for_each(|(padded, thing)| add(&name(padded), *thing));
        self.long.iter().for_each(|(name, thing)| add(name, *thing));
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

    /// However long they are: at each length at which they are kept otherwise.
    #[test]
    fn names_of_any_length_are_found_but_for_their_spelling() {
        let lengths = [1, NARROW - 1, NARROW, NARROW + 1, WIDE, WIDE + 1, BROAD, BROAD + 1];
        let mut names = Names::default();
        for length in lengths {
            assert!(names.add(&"a".repeat(length), length));
        }
        for length in lengths {
            assert_eq!(names.find(&"a".repeat(length)), Some(Found::Exactly(length)));
            assert_eq!(names.find(&"A ".repeat(length)), Some(Found::ButForSpelling(length)));
            assert_eq!(names.within(&"a".repeat(length), (0, length + 1)), None);
        }
        assert_eq!(names.within("ab", (2, 1)), None);
    }

    /// Nothing is no name until it is taken as one, and where a field may be blank not even then.
    #[test]
    fn where_nothing_stands_there_is_no_name() {
        let mut names = Names::default();
        assert_eq!((names.find(""), names.find(" "), names.within_or_blank("ab", (1, 1))), (None, None, Some(None)));
        assert!(names.add("", 1));
        assert!(!names.add("", 2));
        assert_eq!((names.find(""), names.find(" ")), (Some(Found::Exactly(1)), Some(Found::ButForSpelling(1))));
        assert_eq!((names.within_or_blank("ab", (1, 1)), names.within("ab", (1, 1))), (Some(None), None));
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
            taken in proptest::collection::vec("[ab\0]{0,3}|[ab]{14,18}|a{44,50}[b\0]{0,2}|a{92,98}[b\0]{0,2}", 0..30),
            asked in "[ab\0]{0,3}|[ab]{14,18}|a{44,50}[b\0]{0,2}|a{92,98}[b\0]{0,2}",
            before in "[ab\0]{0,3}",
            behind in "[ab\0]{0,3}|c{120}",
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
                let found = if name.is_empty() { Some(None) } else { known.get(name).copied().map(Some) };
                prop_assert_eq!(names.within_or_blank(&text, place), found);
                prop_assert_eq!(names.exactly(name), known.get(name).copied());
            }
        }
    }

    proptest! {
        /// Wherever they stand, and whatever stands around them.
        #[test]
        fn short_texts_are_the_same_where_all_their_bytes_are(
            a in "[ab\0]{0,3}|a{15,27}b?",
            b in "[ab\0]{0,3}|a{15,27}b?",
            before in "[ab]{0,3}",
            behind in "[ab]{0,3}|c{90}",
        ) {
            let found = |word: &str| short(&format!("{before}{word}{behind}"), (before.len(), before.len() + word.len()));
            for word in [&a, &b] {
                prop_assert_eq!(found(word).is_some(), word.len() <= 24);
                prop_assert_eq!(found(word), short(word, (0, word.len())));
            }
            if let (Some(one), Some(other)) = (found(&a), found(&b)) {
                prop_assert_eq!(one == other, a == b);
            }
        }
    }

    #[test]
    fn nothing_short_stands_outside_a_text() {
        assert_eq!((short("ab", (2, 1)), short("ab", (1, 3)), short("가", (0, 4))), (None, None, None));
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
