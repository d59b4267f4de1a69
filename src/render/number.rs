//! Amounts, rates and dates as people read them: grouping, △, units.

use super::Style;
use crate::ledger::{Date, Negative};
use crate::money::{Figure, Unit};
use crate::table::{Cell, Piece, Point, Sentence, Shown, Value, Why};
use crate::words::Lang;

/// A figure with commas and the negative sign of the style: `9,999.9`, `△326`.
pub(super) fn figure(figure: Figure, negative: Negative) -> String {
    let text = figure.abs().grouped();
    match negative {
        _ if !figure.is_negative() => text,
        Negative::Triangle => format!("△{text}"),
        Negative::Minus => format!("-{text}"),
        Negative::Parentheses => format!("({text})"),
    }
}

/// What a cell says, for a page that people read.
pub(super) fn cell(cell: &Cell, style: &Style<'_>) -> String {
    match &cell.value {
        // A place where nothing belongs is empty; what might have been there and is absent is marked.
        Value::Blank if cell.why == Why::Label => String::new(),
        Value::Blank => "-".to_owned(),
        Value::Text(text) => super::printable(text.label(style.lang)),
        Value::Said(said) => sentence(said, style),
        Value::Count(count) => Figure::whole(i128::from(*count)).grouped(),
        Value::Dates(from, to) => dates(*from, *to),
        // Zero is nil; what only rounds to zero is not, nor is anything where every digit was asked for.
        Value::Money { exact, .. } if exact.is_zero() && style.shown == Shown::Rounded => super::printable(style.nil),
        Value::Money { shown, .. } => shown.map(|shown| figure(shown, style.negative)).unwrap_or_default(),
        Value::Rate { shown, .. } => {
            shown.map(|shown| format!("{}%", figure(shown, style.negative))).unwrap_or_default()
        }
    }
}

/// From when until when, as ISO 8601 dates: `2016-07-05 ~ 2016-07-07`.
pub(super) fn dates(from: Option<Date>, to: Option<Date>) -> String {
    match (from, to) {
        (None, None) => String::new(),
        (Some(from), Some(to)) if from == to => from.to_string(),
        (from, to) => {
            let text = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
            format!("{} ~ {}", text(from), text(to)).trim().to_owned()
        }
    }
}

/// A sentence with its values put in.
pub(super) fn sentence(sentence: &Sentence, style: &Style<'_>) -> String {
    let mut text = String::new();
    let mut rest = sentence.text.label(style.lang);
    while let Some((before, after)) = rest.split_once('{') {
        let Some((number, behind)) = after.split_once('}') else { break };
        text.push_str(before);
        if let Some(value) = number.parse().ok().and_then(|n: usize| sentence.values.get(n)) {
            text.push_str(&piece(value, style));
        }
        rest = behind;
    }
    text.push_str(rest);
    text
}

/// A point of a list, behind what it is about: `장소: 태국 푸켓`.
pub(super) fn point(point: &Point, style: &Style<'_>) -> String {
    let said = sentence(&point.text, style);
    match &point.label {
        None => said,
        Some(label) => format!("{}: {said}", super::printable(label.label(style.lang))),
    }
}

fn piece(piece: &Piece, style: &Style<'_>) -> String {
    match piece {
        Piece::Text(text) => super::printable(text.label(style.lang)),
        Piece::Count(count) => Figure::whole(i128::from(*count)).grouped(),
        Piece::Figure(shown, None) => figure(*shown, style.negative),
        Piece::Figure(shown, Some(unit)) => in_unit(*shown, *unit, style),
        Piece::Percent(percent) => format!("{}%", figure(*percent, style.negative)),
        Piece::Date(date) => date.to_string(),
    }
}

fn in_unit(shown: Figure, unit: Unit, style: &Style<'_>) -> String {
    let number = figure(shown, style.negative);
    match style.lang {
        Lang::Ko => format!("{number}{}", unit.word().ko),
        Lang::En => format!("{number} {}", unit.word().en),
    }
}

/// `(단위: 천원)`.
pub(super) fn unit_note(unit: Unit, lang: Lang) -> String {
    match lang {
        Lang::Ko => format!("(단위: {})", unit.word().ko),
        Lang::En => format!("(unit: {})", unit.word().en),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_and_signed_by_style() {
        let read = |text: &str| Figure::parse(text).expect("a figure").expect("not nil");
        for (text, negative, expected) in [
            ("644658", Negative::Triangle, "644,658"),
            ("9999.9", Negative::Triangle, "9,999.9"),
            ("-326", Negative::Triangle, "△326"),
            ("-1326", Negative::Minus, "-1,326"),
            ("-0.05", Negative::Parentheses, "(0.05)"),
            ("0", Negative::Triangle, "0"),
            ("123", Negative::Triangle, "123"),
        ] {
            assert_eq!(figure(read(text), negative), expected);
        }
    }
}
