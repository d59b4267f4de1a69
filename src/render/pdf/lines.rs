//! Text into lines as Korean is set: broken at spaces, inside long words between syllables; no line ends with an opening
//! bracket or begins with what closes.
#![allow(clippy::float_arithmetic, reason = "widths of text")]

use super::fonts::Shaped;
use std::ops::Range;

/// A line that a mark ends holds more than this part of its width.
const EMPTY: f32 = 0.35;
/// Widths are sums of many; a line that is wider by less than this is not wider.
const SLACK: f32 = 0.001;

/// A line of a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// Its glyphs, those of a space at its end too.
    pub(super) glyphs: Range<usize>,
    /// How wide it is without that space, in ems.
    pub(super) width: f32,
}

/// How well a text can be broken at a place, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Not at all: a character would be torn, or a space begin a line.
    Never,
    /// Only where nothing else is possible.
    Forced,
    /// Between two syllables.
    Syllables,
    /// Behind a mark that divides a word, or before a bracket.
    Mark,
    /// Behind a space.
    Space,
}

/// How well a text can be broken between two characters.
pub(super) fn between(before: char, after: char) -> Place {
    if after == ' ' || before == '\u{a0}' || after == '\u{a0}' {
        return Place::Never;
    }
    if before == ' ' {
        return Place::Space;
    }
    let figures = (before.is_ascii_digit() || matches!(before, ',' | '.' | ':' | '△' | '-' | '₩' | '+'))
        && (after.is_ascii_digit() || matches!(after, '%' | '.' | ','));
    if figures || opens(before) || closes(after) {
        return Place::Forced;
    }
    // A name of a file is rather broken between its folders.
    if before == '-' && after.is_ascii_alphanumeric() {
        return Place::Syllables;
    }
    if (opens(after) && before.is_alphanumeric()) || divides(before) {
        return Place::Mark;
    }
    if is_syllable(before) || is_syllable(after) {
        return Place::Syllables;
    }
    Place::Forced
}

fn opens(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '「' | '『' | '〈' | '《' | '【' | '〔' | '“' | '‘' | '<' | '※')
}

fn closes(c: char) -> bool {
    matches!(
        c,
        ')' | ']'
            | '}'
            | '」'
            | '』'
            | '〉'
            | '》'
            | '】'
            | '〕'
            | '”'
            | '’'
            | '>'
            | '.'
            | ','
            | '!'
            | '?'
            | ':'
            | ';'
            | '%'
            | '、'
            | '。'
            | '·'
            | '/'
            | '~'
            | '…'
            | '℃'
            | '‰'
            | '㎡'
    )
}

fn divides(c: char) -> bool {
    matches!(c, '·' | '/' | ',' | ';' | ':' | '~' | '-' | '–' | '—' | ')' | ']' | '」' | '』' | '_' | '|' | '=' | '&')
}

/// Hangul, Hanja, kana and what is set like them.
fn is_syllable(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Breaks a text into lines of at most `width` ems; at least one line, and each holds at least one glyph.
pub(super) fn broken(text: &Shaped, width: f32) -> Vec<Line> {
    let glyphs = text.glyphs.len();
    if text.width <= width + SLACK {
        return vec![Line { glyphs: 0..glyphs, width: text.width }];
    }
    let places: Vec<Place> = (0..glyphs).map(|n| text.place_before(n)).collect();
    let mut lines = Vec::new();
    let mut start = 0;
    while start < glyphs {
        let end = line_end(text, &places, start, width);
        lines.push(Line { glyphs: start..end, width: text.width_of(start..end) });
        start = end;
    }
    lines
}

/// Where the line that begins at a glyph ends.
fn line_end(text: &Shaped, places: &[Place], start: usize, width: f32) -> usize {
    let mut best: [Option<usize>; 5] = [None; 5];
    let mut used = 0.0;
    for n in start..places.len() {
        if n > start {
            best[places[n] as usize] = Some(n);
        }
        used += text.glyphs[n].advance;
        if used > width + SLACK && !text.is_space(n) {
            return chosen(text, places, start, width, &best).unwrap_or(start + 1);
        }
    }
    places.len()
}

/// Which of the last places of each kind that fit is the best.
fn chosen(text: &Shaped, places: &[Place], start: usize, width: f32, best: &[Option<usize>; 5]) -> Option<usize> {
    let at = |place: Place| best[place as usize];
    let fills = |end: &usize| text.width_of(start..*end) > width * EMPTY;
    // A mark that leaves most of the line empty is worse than a place between two syllables.
    let inside = at(Place::Mark).filter(fills).or(at(Place::Syllables).max(at(Place::Mark)));
    match at(Place::Space) {
        Some(space) => {
            let next = (space + 1..places.len()).find(|n| places[*n] == Place::Space).unwrap_or(places.len());
            let fits = text.width_of(space..next) <= width + SLACK;
            // A word that fills more than a line begins on this one.
            Some(inside.filter(|inside| !fits && *inside > space).unwrap_or(space))
        }
        None => inside.or(at(Place::Forced)),
    }
}

/// How wide the widest part is that is broken only where nothing else is possible or between syllables, in ems.
pub(super) fn widest_part(text: &Shaped) -> f32 {
    let mut widest = 0.0_f32;
    let mut start = 0;
    for n in 1..=text.glyphs.len() {
        if n == text.glyphs.len() || text.place_before(n) >= Place::Mark {
            widest = widest.max(text.width_of(start..n));
            start = n;
        }
    }
    widest
}

#[cfg(test)]
mod tests {
    use super::super::fonts::{Cut, Fonts};
    use super::super::missing;
    use super::*;

    fn set(text: &str) -> Shaped {
        let mut fonts = Fonts::of(&[]).expect("the built-in fonts are fonts");
        fonts.set(text, Cut::Regular, missing::Place { inside: "", what: "" })
    }

    /// The lines of a text that are as wide as so many syllables.
    fn lines(text: &str, syllables: f32) -> Vec<String> {
        let width = set("가").width * syllables + 0.05;
        let text = set(text);
        let of = |line: &Line| {
            let glyphs = &text.glyphs[line.glyphs.clone()];
            text.text[glyphs[0].bytes.0 as usize..glyphs[glyphs.len() - 1].bytes.1 as usize].to_owned()
        };
        broken(&text, width).iter().map(of).collect()
    }

    #[test]
    fn korean_breaks_at_spaces_else_between_syllables() {
        assert_eq!(lines("임차료 일반수용비 여비", 7.0), ["임차료 ", "일반수용비 ", "여비"]);
        assert_eq!(lines("임차료일반수용비", 4.0), ["임차료일", "반수용비"]);
        assert_eq!(lines("임차료·일반수용비", 5.5), ["임차료·", "일반수용비"]);
        assert_eq!(lines("data/2016/plan-items.toml:364", 11.5), ["data/2016/", "plan-items.toml:364"]);
        assert_eq!(lines("집행률(교부액 기준)", 5.0), ["집행률", "(교부액 ", "기준)"]);
        assert_eq!(lines("가 나다라마바사아자차카타파하", 7.0), ["가 나다라마바", "사아자차카타파", "하"]);
    }

    #[test]
    fn no_line_ends_with_what_opens_or_begins_with_what_closes() {
        for text in ["가나다라(마바사)아자,차카.타파「하하」호호%", "①(가)나다라마바사「아자차」카타…"]
        {
            for width in 2..12 {
                for line in lines(text, width as f32) {
                    assert!(!line.starts_with([')', ',', '.', '」', '%', '…']), "{line} at {width}");
                    assert!(!line.ends_with(['(', '「']), "{line} at {width}");
                }
            }
        }
    }

    #[test]
    fn a_figure_stays_whole_where_there_is_another_place() {
        for width in 9..24 {
            let all = lines("집행액은1,234,567원이고 △9,999.95%였음", width as f32);
            for figure in ["1,234,567", "△9,999.95%"] {
                assert!(all.iter().any(|line| line.contains(figure)), "{all:?} at {width}");
            }
        }
    }

    #[test]
    fn every_glyph_stands_on_one_line_and_no_line_is_wider_than_it_may_be() {
        for text in ["", " ", "가", "W".repeat(99).as_str(), "  두  칸  ", "한 줄 (긴) 글, 1,234원; 그리고 — “인용”."]
        {
            let text = set(text);
            for width in 1..9 {
                let all = broken(&text, width as f32);
                assert_eq!(all.first().map(|line| line.glyphs.start), Some(0));
                assert_eq!(all.last().map(|line| line.glyphs.end), Some(text.glyphs.len()));
                for two in all.windows(2) {
                    assert_eq!(two[0].glyphs.end, two[1].glyphs.start);
                }
                for line in &all {
                    assert!(line.width <= width as f32 + SLACK || line.glyphs.len() == 1, "{line:?}");
                }
            }
        }
    }
}
