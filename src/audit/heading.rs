//! What a printed heading says of its column: letters and formulas (`집행잔액(A-B)`, `집행률(B/A)`, `㉰=㉮-㉯`), units, and the
//! terms that offices use.

pub(super) use super::terms::Term;
use super::terms::term;
use crate::ledger::{Sign, loosely};
use crate::money::Unit;

/// What a heading says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Heading {
    /// The heading without its letter, formula and unit.
    pub(super) name: String,
    /// The letter that formulas call the column by.
    pub(super) letter: Option<String>,
    /// The formula that it follows.
    pub(super) formula: Option<Formula>,
    /// The unit that it names.
    pub(super) unit: Option<Unit>,
    /// Whether it says that its figures are per cent.
    pub(super) percent: Percent,
    /// The term that it is.
    pub(super) term: Option<Term>,
    /// What stands beside its term in the other lines of a merged heading: `보조금` of `교부액` over `보조금`. Columns of one
    /// group have the same.
    pub(super) beside: String,
    /// Whether a column of its sign may have the other one in rows of another nature.
    pub(super) sign: SignOf,
}

/// Whether a heading says which sign is good: `Variance positive (negative)`, `유리(불리)`. Then it is not the same in rows
/// of income and of spending.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum SignOf {
    /// The sign is that of the difference.
    #[default]
    Difference,
    /// The sign says whether it is good.
    Good,
}

/// Whether a heading speaks of per cent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Percent {
    /// It does not.
    #[default]
    No,
    /// It does.
    Yes,
}

/// A formula of letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Formula {
    /// The letters that are added and taken away.
    pub(super) parts: Vec<(Sign, String)>,
    /// What they are a part of, where it is a rate.
    pub(super) whole: Option<String>,
}

impl Heading {
    /// What the lines of a heading say, from the uppermost.
    pub(super) fn of(lines: &[String]) -> Heading {
        // A line that is a letter or a formula alone says nothing of names.
        let (pures, named): (Vec<&String>, Vec<&String>) = lines.iter().partition(|line| pure(line).is_some());
        let mut whole = Heading::parse(&named.iter().map(|line| line.as_str()).collect::<Vec<_>>().join(" "));
        for (letter, formula) in pures.into_iter().filter_map(|line| pure(line)) {
            whole.letter = letter.or(whole.letter);
            whole.formula = formula.or(whole.formula);
        }
        let named: Vec<&String> = named.into_iter().filter(|line| !Heading::parse(line).name.is_empty()).collect();
        let Some((last, upper)) = named.split_last().filter(|(_, upper)| !upper.is_empty()) else { return whole };
        let own = Heading::parse(last);
        let above = upper.iter().rev().map(|line| Heading::parse(line)).find(|above| above.term.is_some());
        let name =
            |headings: &[&String]| headings.iter().map(|line| loosely(&Heading::parse(line).name)).collect::<String>();
        match (own.term, &above) {
            // The total of a group is one of what the group is of.
            (Some(Term::Total), _) | (None, None) => {
                (whole.term, whole.beside) = (own.term.or(whole.term), name(upper))
            }
            // Who pays is said beside what is paid.
            (Some(Term::OwnFunds), Some(above)) => (whole.term, whole.beside) = (above.term, loosely(&own.name)),
            (Some(term), _) => (whole.term, whole.beside) = (Some(term), name(upper)),
            (None, Some(above)) => (whole.term, whole.beside) = (above.term, loosely(&own.name)),
        }
        whole
    }

    pub(super) fn parse(text: &str) -> Heading {
        let mut heading = Heading::default();
        let (mut name, mut outside) = (String::new(), String::new());
        for piece in pieces(text) {
            match piece {
                Piece::Name(part) => {
                    let part = heading.take_equation(&part);
                    name.push_str(&part);
                    outside.push_str(&part);
                }
                Piece::Inside(inside) => {
                    if !heading.take(&inside) {
                        name.push(' ');
                        name.push_str(&inside);
                    }
                }
            }
        }
        if text.contains(['%', '％']) {
            heading.percent = Percent::Yes;
        }
        heading.name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        heading.take_tail();
        let lower = text.to_lowercase();
        let good =
            ["positive", "favorable", "favourable", "over (under)", "over/(under)", "유리", "(negative)", "adverse"];
        if good.iter().any(|word| lower.contains(word)) {
            heading.sign = SignOf::Good;
        }
        // What brackets add, such as the basis of a rate, names nothing where the rest does.
        heading.term = term(&outside).or_else(|| term(&heading.name));
        heading
    }

    /// What stands in brackets: a unit, a letter, a formula; `false` where it is none of them.
    fn take(&mut self, inside: &str) -> bool {
        let plain = inside.trim().trim_start_matches("단위").trim_start_matches([':', '：', ' ']);
        if let Some(unit) = Unit::parse(plain) {
            self.unit = Some(unit);
            return true;
        }
        if matches!(plain, "%" | "％") {
            self.percent = Percent::Yes;
            return true;
        }
        let (label, formula) = match inside.split_once(['=', '＝']) {
            Some((label, formula)) => (Some(label), formula),
            None => (None, inside),
        };
        let Some(tokens) = tokens(formula) else { return false };
        if let Some(label) = label {
            let Some(letter) = letter(label) else { return false };
            self.letter = Some(letter);
        }
        match tokens.as_slice() {
            [Token::Letter(only)] if label.is_none() => self.letter = Some(only.clone()),
            _ => match parsed(&tokens) {
                Some(formula) => self.formula = Some(formula),
                None => return false,
            },
        }
        true
    }

    /// `집행잔액 A-B`, `예산현액 A`: a formula or a letter behind the name, in no brackets.
    fn take_tail(&mut self) {
        let (name, last) = match self.name.rsplit_once(' ') {
            Some((name, last)) => (name.to_owned(), last.to_owned()),
            None => (String::new(), self.name.clone()),
        };
        let is_plain =
            last.chars().all(|c| narrow(c).is_ascii_uppercase() || is_circled(c) || "+-/÷*×−–()".contains(c));
        let Some(tokens) = tokens(&last).filter(|_| is_plain) else { return };
        match tokens.as_slice() {
            // One letter may be a name: `계층 A`. It is a letter where formulas have it.
            [Token::Letter(only)] if self.letter.is_none() => self.letter = Some(only.clone()),
            _ => match parsed(&tokens) {
                Some(formula) if self.formula.is_none() => self.formula = Some(formula),
                _ => return,
            },
        }
        self.name = name;
    }

    /// `세입㉮`, `잉여금㉰=㉮-㉯`: letters that stand in no brackets.
    fn take_equation(&mut self, part: &str) -> String {
        let (before, formula) = match part.split_once(['=', '＝']) {
            Some((before, formula)) => (before, Some(formula)),
            None => (part, None),
        };
        let circled = before.chars().find(|c| is_circled(*c));
        if let Some(circled) = circled {
            self.letter = Some(circled.to_string());
        }
        if let Some(tokens) = formula.and_then(tokens) {
            self.formula = parsed(&tokens);
            let bare = before.trim_end();
            // `순세계잉여금 C=A-B`: a letter of its own at the end.
            if circled.is_none()
                && let Some((name, last)) = bare.rsplit_once(' ')
                && let Some(letter) = letter(last)
            {
                self.letter = Some(letter);
                return name.to_owned();
            }
            return before.chars().filter(|c| !is_circled(*c)).collect();
        }
        part.chars().filter(|c| !is_circled(*c)).collect()
    }
}

enum Piece {
    Name(String),
    Inside(String),
}

/// A heading cut at its outermost brackets.
fn pieces(text: &str) -> Vec<Piece> {
    let (mut found, mut at, mut depth) = (Vec::new(), String::new(), 0_usize);
    for c in text.chars() {
        match c {
            '(' | '（' | '[' | '［' => {
                if depth == 0 {
                    found.push(Piece::Name(std::mem::take(&mut at)));
                } else {
                    at.push(c);
                }
                depth += 1;
            }
            ')' | '）' | ']' | '］' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    found.push(Piece::Inside(std::mem::take(&mut at)));
                } else {
                    at.push(c);
                }
            }
            _ => at.push(c),
        }
    }
    found.push(if depth > 0 { Piece::Inside(at) } else { Piece::Name(at) });
    found
}

/// `㉮`, `㉠`, `①`, `Ⓐ`, `ⓐ`.
fn is_circled(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{2473}' | '\u{24b6}'..='\u{24e9}' | '\u{3260}'..='\u{327b}')
}

fn letter(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect();
    let mut chars = plain.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if c.is_ascii_alphabetic() => Some(c.to_ascii_uppercase().to_string()),
        (Some(c), None) if ('1'..='9').contains(&c) => Some(c.to_string()),
        (Some(c), None) if is_circled(c) || matches!(c, '가' | '나' | '다' | '라' | '마' | '바' | '사') => {
            Some(c.to_string())
        }
        _ => None,
    }
}

/// Full-width signs and letters in plain width.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '−' | '–' | '—' => '-',
        '÷' | '∕' => '/',
        '×' | 'х' => '*',
        _ => c,
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Letter(String),
    Plus,
    Minus,
    Over,
    Times,
    Hundred,
    Open,
    Close,
}

/// The tokens of a formula; nothing where the text has anything else in it.
fn tokens(text: &str) -> Option<Vec<Token>> {
    let chars: Vec<char> = text.chars().map(narrow).filter(|c| !c.is_whitespace() && *c != '%').collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let rest: String = chars[at..].iter().collect();
        let (token, length) = match chars[at] {
            '+' => (Token::Plus, 1),
            '-' => (Token::Minus, 1),
            '/' => (Token::Over, 1),
            '*' => (Token::Times, 1),
            // `(3)=(1)-(2)`: a column by its letter or number in brackets.
            '(' if bracketed(&chars[at..]).is_some() => (Token::Letter(bracketed(&chars[at..])?), 3),
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            'x' | 'X' if rest[1..].starts_with("100") => (Token::Times, 1),
            '1' if rest.starts_with("100") => (Token::Hundred, 3),
            c => (Token::Letter(letter(&c.to_string())?), 1),
        };
        found.push(token);
        at += length;
    }
    (!found.is_empty()).then_some(found)
}

/// One letter in brackets, at the beginning.
fn bracketed(chars: &[char]) -> Option<String> {
    match chars {
        ['(', inside, ')', ..] => letter(&inside.to_string()),
        _ => None,
    }
}

/// What a line says that is a letter or a formula and nothing else: `(A)`, `㉰=㉮-㉯`, `(3)=(1)-(2)`, `A-B`.
fn pure(line: &str) -> Option<(Option<String>, Option<Formula>)> {
    let line = line.trim();
    let inside = line.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let whole = inside.filter(|inside| !inside.contains([')', '('])).unwrap_or(line);
    match whole.split_once(['=', '＝']) {
        Some((label, formula)) => {
            let letter = letter(label.trim().trim_matches(['(', ')']))?;
            Some((Some(letter), Some(parsed(&tokens(formula)?)?)))
        }
        None => match tokens(whole)?.as_slice() {
            [Token::Letter(only)] => Some((Some(only.clone()), None)),
            tokens => Some((None, Some(parsed(tokens)?))),
        },
    }
}

/// `A-B`, `A+B-C`, `B/A`, `B/A*100`, `(A-B)/A`.
fn parsed(tokens: &[Token]) -> Option<Formula> {
    let scale = [Token::Times, Token::Hundred];
    let tokens = tokens.strip_suffix(&scale).unwrap_or(tokens);
    let (above, below) = match tokens.iter().position(|token| *token == Token::Over) {
        Some(over) => (&tokens[..over], Some(&tokens[over + 1..])),
        None => (tokens, None),
    };
    let parts = signed(without_brackets(above))?;
    let whole = match below.map(without_brackets) {
        None => None,
        Some([Token::Letter(whole)]) => Some(whole.clone()),
        Some(_) => return None,
    };
    // A letter alone is a name, no formula.
    (parts.len() > 1 || whole.is_some()).then_some(Formula { parts, whole })
}

fn without_brackets(tokens: &[Token]) -> &[Token] {
    match tokens {
        [Token::Open, inside @ .., Token::Close] if !inside.contains(&Token::Open) => inside,
        _ => tokens,
    }
}

fn signed(tokens: &[Token]) -> Option<Vec<(Sign, String)>> {
    let mut parts = Vec::new();
    let mut sign = Some(Sign::Plus);
    for token in tokens {
        match (token, sign) {
            (Token::Letter(letter), Some(of)) => {
                parts.push((of, letter.clone()));
                sign = None;
            }
            (Token::Plus, None) => sign = Some(Sign::Plus),
            (Token::Minus, None) => sign = Some(Sign::Minus),
            _ => return None,
        }
    }
    (sign.is_none()).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formula(text: &str) -> Option<String> {
        let heading = Heading::parse(text);
        heading.formula.map(|formula| {
            let parts: String = formula
                .parts
                .iter()
                .map(|(sign, letter)| format!("{}{letter}", if *sign == Sign::Plus { '+' } else { '-' }))
                .collect();
            formula.whole.map_or(parts.clone(), |whole| format!("{parts}/{whole}"))
        })
    }

    #[test]
    fn formulas_are_read_as_they_are_printed() {
        for (text, expected) in [
            ("집행잔액(A-B)", Some("+A-B")),
            ("집행률(B/A)", Some("+B/A")),
            ("집행률(B÷A×100)", Some("+B/A")),
            ("집행잔액(Ｂ－Ｃ－Ｄ)", Some("+B-C-D")),
            ("반납예정액 (A+B+C)", Some("+A+B+C")),
            ("잔액(C=A−B)", Some("+A-B")),
            ("잉여금㉰=㉮-㉯", Some("+㉮-㉯")),
            ("잔액 [D=B-C]", Some("+B-C")),
            ("증감률((B-A)/A)", Some("+B-A/A")),
            ("예산현액(A)", None),
            ("사업비(천원)", None),
            ("기타(가)", None),
            ("교부액(보조금)", None),
        ] {
            assert_eq!(formula(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn letters_units_and_terms_are_told_apart() {
        let heading = Heading::parse("예산현액(A)");
        assert_eq!(
            (heading.name.as_str(), heading.letter.as_deref(), heading.term),
            ("예산현액", Some("A"), Some(Term::Budget))
        );
        let heading = Heading::parse("잔액(C=A-B)");
        assert_eq!((heading.letter.as_deref(), heading.term), (Some("C"), Some(Term::Left)));
        let heading = Heading::parse("세입㉮");
        assert_eq!((heading.name.as_str(), heading.letter.as_deref()), ("세입", Some("㉮")));
        assert_eq!(Heading::parse("예산액(백만원)").unit, Some(Unit::Million));
        let heading = Heading::parse("집행률(%)");
        assert_eq!((heading.percent, heading.term), (Percent::Yes, Some(Term::Rate)));
        for (text, term) in [
            ("2015 예산", Some(Term::Budget)),
            ("지출액 누계", Some(Term::Disbursed)),
            ("Final budget", Some(Term::Budget)),
            ("Actual expenditure", Some(Term::Disbursed)),
            ("Variance", Some(Term::Left)),
            ("집행율", Some(Term::Rate)),
            ("연번", Some(Term::NoAmount)),
            ("비고", Some(Term::NoAmount)),
        ] {
            assert_eq!(Heading::parse(text).term, term, "{text}");
        }
    }
}
