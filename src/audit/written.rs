//! What a cell of a published table says: a figure in one of the ways that documents print them, nil, or words.

use crate::money::Figure;

/// A text as published tables have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Nothing at all.
    Blank,
    /// Nil: `-`, `nil`, `없음`.
    Nil,
    /// A figure.
    Figure(Figure),
    /// Words.
    Words,
}

/// What a text says.
pub(super) fn said(text: &str) -> Said {
    let plain = plain(text);
    if plain.is_empty() {
        return Said::Blank;
    }
    if matches!(plain.to_lowercase().as_str(), "nil" | "없음" | "해당없음" | "--" | "―" | "‐" | "△" | "(-)")
    {
        return Said::Nil;
    }
    match Figure::parse(&plain) {
        Ok(Some(figure)) => Said::Figure(figure),
        Ok(None) => Said::Nil,
        Err(_) => Said::Words,
    }
}

/// The figure of a text, if it is one.
pub(super) fn figure(text: &str) -> Option<Figure> {
    if let Said::Figure(figure) = said(text) { Some(figure) } else { None }
}

/// Whether a text is the number of a year, as headings have it.
pub(super) fn is_year(text: &str) -> bool {
    let text = text.trim();
    text.len() == 4 && text.parse::<u32>().is_ok_and(|year| (1900..2100).contains(&year))
}

/// A text without what stands around a figure: signs of money and of per cent, marks of footnotes, spaces in groups.
fn plain(text: &str) -> String {
    let text: String = text.trim().chars().filter_map(narrow).collect();
    let mut text = text.trim();
    // Marks of footnotes stand behind the sign of per cent; a mark alone is no figure.
    let bare = text.trim_end_matches(['*', '†', '‡', '¹', '²', '³', '⁴', '⁵']).trim_end();
    text = if bare.is_empty() { text } else { bare };
    for end in ["%p", "%P", "%", "원"] {
        text = text.strip_suffix(end).unwrap_or(text).trim_end();
    }
    let signs = |c: char| matches!(c, '￦' | '₩' | '$' | '£' | '€' | '¥');
    let mut plain: String = text.chars().filter(|c| !signs(*c)).collect();
    for (from, to) in [("△ ", "△"), ("▲ ", "▲"), ("- ", "-"), ("( ", "("), (" )", ")"), ("(%)", "")] {
        plain = plain.trim().replace(from, to);
    }
    // `($1,200)` and `(3.2%)` have their signs inside.
    if let Some(inside) = plain.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        plain = format!("({})", inside.trim().trim_end_matches('%').trim_end());
    }
    let starts = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    for plus in ["+", "–", "▽"] {
        if let Some(rest) = plain.strip_prefix(plus).filter(|rest| starts(rest)) {
            plain = if plus == "+" { rest.to_owned() } else { format!("-{rest}") };
        }
    }
    grouped(&plain).unwrap_or(plain)
}

/// `1 234 567`, as many international bodies group digits, in plain digits.
fn grouped(text: &str) -> Option<String> {
    let mut groups = text.trim_matches(['(', ')', '-', '−', '△', '▲']).split(' ');
    let first = groups.next()?;
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let rest: Vec<&str> = groups.collect();
    let (last, between) = rest.split_last()?;
    let whole = last.split('.').next().unwrap_or(last);
    let grouped = first.len() <= 3
        && digits(first)
        && between.iter().all(|group| group.len() == 3 && digits(group))
        && whole.len() == 3
        && digits(whole);
    grouped.then(|| text.replace(' ', ""))
}

/// Full-width digits and signs in plain width; other spaces as a space.
fn narrow(c: char) -> Option<char> {
    match c {
        '\u{feff}' | '\u{200b}' => None,
        '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{3000}' | '\u{2007}' => Some(' '),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        _ => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_documents_print_them() {
        for (text, digits, decimals) in [
            ("1,234", 1234, 0),
            (" 1,234원", 1234, 0),
            ("△ 1,234", -1234, 0),
            ("(1,234)", -1234, 0),
            ("–1,234", -1234, 0),
            ("$ 1,200", 1200, 0),
            ("($1,200)", -1200, 0),
            ("$(1,200)", -1200, 0),
            ("£12.3", 123, 1),
            ("99.8 %", 998, 1),
            ("99.8%*", 998, 1),
            ("(3.2%)", -32, 1),
            ("+3.2", 32, 1),
            ("1,234*", 1234, 0),
            ("１，２３４", 1234, 0),
            ("1 234 567", 1_234_567, 0),
            ("1\u{a0}234.5", 12345, 1),
        ] {
            assert_eq!(figure(text).map(|f| (f.digits(), f.decimals())), Some((digits, decimals)), "{text}");
        }
        for text in ["", "-", "nil", "—"] {
            assert_eq!(figure(text), None, "{text}");
        }
        for text in ["n/a", "..", "1,23", "12 34", "미정", "A", "*", "2015년", "10.5 1,200"] {
            assert_eq!(said(text), Said::Words, "{text}");
        }
    }
}
