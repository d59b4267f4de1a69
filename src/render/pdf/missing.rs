//! Characters that no face has, and where they stand.

use crate::words::Text;
use std::collections::BTreeMap;

/// How many characters and places are named; what is more is counted.
const NAMED: usize = 8;
/// How many characters of a text that names a place are shown.
const LONGEST: usize = 30;

/// Where a text stands: a row and a column, or a sort of block and its text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    /// The row, or the sort of block.
    pub(super) inside: &'a str,
    /// The column, or how the block is called.
    pub(super) what: &'a str,
}

/// What no face has.
#[derive(Clone, Debug, Default)]
pub(super) struct Missing {
    /// Hanja, and all others.
    sets: [Set; 2],
}

#[derive(Clone, Debug, Default)]
struct Set {
    characters: BTreeMap<char, usize>,
    places: Vec<String>,
    /// Places that are not named.
    more: usize,
    /// The last place, so that a text is counted once.
    last: String,
}

impl Missing {
    /// Notes a character.
    pub(super) fn note(&mut self, c: char, place: Place<'_>) {
        let set = &mut self.sets[usize::from(!is_hanja(c))];
        *set.characters.entry(c).or_default() += 1;
        let place = place.named();
        if set.last == place || set.places.contains(&place) {
            return;
        }
        match set.places.len() < NAMED {
            true => set.places.push(place.clone()),
            false => set.more += 1,
        }
        set.last = place;
    }

    /// What the paper says of the boxes on it, if there are any.
    pub(super) fn legend(&self) -> Option<Text> {
        let any = self.sets.iter().any(|set| !set.characters.is_empty());
        any.then(|| Text::new("⌧ = 글꼴에 없는 글자", "⌧ = a character that no font has"))
    }

    /// What is to be told of them.
    pub(super) fn told(&self) -> Vec<Text> {
        let names = [("한자", "Hanja"), ("글자", "characters")];
        self.sets
            .iter()
            .zip(names)
            .filter(|(set, _)| !set.characters.is_empty())
            .map(|(set, name)| set.told(name))
            .collect()
    }
}

impl Set {
    fn told(&self, (ko, en): (&str, &str)) -> Text {
        let count = self.characters.len();
        let shown = self.characters.keys().take(NAMED).map(|c| format!("{c}(U+{:04X})", *c as u32));
        let shown = shown.collect::<Vec<_>>().join(" ");
        let places = self.places.join("; ");
        let rest = count.saturating_sub(NAMED);
        let (rest_ko, rest_en) = match rest {
            0 => (String::new(), String::new()),
            rest => (format!(" 외 {rest}자"), format!(" and {rest} more")),
        };
        let (more_ko, more_en) = match self.more {
            0 => (String::new(), String::new()),
            more => (format!(" 외 {more}곳"), format!(" and {more} more places")),
        };
        Text::new(
            format!(
                "글꼴에 없는 {ko} {count}자를 ⌧로 그림: {shown}{rest_ko}. 자리: {places}{more_ko}. `--font 파일`로 글꼴을 더할 것"
            ),
            format!(
                "no font has these {en}, which are drawn as ⌧: {shown}{rest_en}; in {places}{more_en}; add a font with `--font FILE`"
            ),
        )
    }
}

impl Place<'_> {
    fn named(self) -> String {
        let short = |text: &str| match text.char_indices().nth(LONGEST) {
            None => text.to_owned(),
            Some((at, _)) => format!("{}…", &text[..at]),
        };
        format!("{} / {}", short(self.inside), short(self.what))
    }
}

const fn is_hanja(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
