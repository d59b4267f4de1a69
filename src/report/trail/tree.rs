//! Why a cell says what it says, as a tree of amounts down to lines and places in files.

use crate::ledger::{Books, GrantMode, Measure, Sign, Slice, Term};
use crate::money::{Money, Unit};
use crate::source::Span;
use crate::table::{Cell, Division, Piece, Proportion, Sentence, Step, Value, Why};
use crate::words::{self, Text};

/// One amount of the tree.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) depth: u32,
    pub(super) parent: Option<usize>,
    pub(super) name: Text,
    /// With the sign that it has in the amount above it.
    pub(super) amount: Money,
    pub(super) how: How,
    /// Which of the books it is of.
    pub(super) book: usize,
}

/// How an amount comes about.
#[derive(Clone, Debug)]
pub(super) enum How {
    /// It is the sum of those below it.
    Sum,
    /// It is a part of the whole, the two below it.
    Ratio,
    /// It is what the rule says of the one below it.
    Rule(Sentence),
    /// These lines add up to it; the sign is that of the amount above it.
    Lines(Slice, Sign),
    /// It is written here.
    Place(Span),
    /// Nothing is written of it.
    Nothing,
}

/// The tree of a cell; empty where the cell says nothing.
pub(super) fn tree(name: Text, cell: &Cell, books: &[&Books]) -> Vec<Node> {
    let mut nodes = Vec::new();
    match (&cell.value, &cell.why) {
        (Value::Money { exact, .. }, why) => {
            let step = Step { name, amount: *exact, why: why.clone() };
            grow(&mut nodes, None, Sign::Plus, &step, 0, books);
        }
        (Value::Rate { .. }, why) => rate(&mut nodes, name, why, 0, books),
        _ => {}
    }
    nodes
}

fn rate(nodes: &mut Vec<Node>, name: Text, why: &Why, book: usize, books: &[&Books]) {
    match why {
        Why::PartOf(parts) => {
            let head = Node { depth: 0, parent: None, name, amount: parts.0.amount, how: How::Ratio, book };
            nodes.push(head);
            grow(nodes, Some(0), Sign::Plus, &parts.0, book, books);
            grow(nodes, Some(0), Sign::Plus, &parts.1, book, books);
        }
        Why::Elsewhere(book, why) => rate(nodes, name, why, *book, books),
        _ => {}
    }
}

/// Puts an amount and all that it rests on into the tree.
fn grow(nodes: &mut Vec<Node>, parent: Option<usize>, sign: Sign, step: &Step, book: usize, books: &[&Books]) {
    let depth = parent.map_or(0, |parent| nodes[parent].depth + 1);
    let amount = if sign == Sign::Plus { step.amount } else { -step.amount };
    let at = nodes.len();
    let node = |how| Node { depth, parent, name: step.name.clone(), amount, how, book };
    match &step.why {
        Why::Summed(slice) => {
            // Only measures that lines of this sum touch: an empty one explains nothing.
            match single(slice) {
                Some(_) => nodes.push(node(How::Lines(*slice, sign))),
                None => {
                    nodes.push(node(How::Sum));
                    for entry in slice.formula {
                        let formula = std::slice::from_ref(entry);
                        let own = Slice { formula, ..*slice };
                        // Its amount is known once its lines are read.
                        let name = measure_name(entry.1);
                        let how = How::Lines(own, sign);
                        nodes.push(Node { depth: depth + 1, parent: Some(at), name, amount: Money::ZERO, how, book });
                    }
                }
            }
        }
        Why::Read(span) => nodes.push(node(How::Place(*span))),
        Why::Worked(steps) => {
            nodes.push(node(How::Sum));
            for (inner, step) in steps {
                let sign = if *inner == sign { Sign::Plus } else { Sign::Minus };
                grow(nodes, Some(at), sign, step, book, books);
            }
        }
        Why::Divided(division) => {
            nodes.push(node(How::Rule(divided(division))));
            grow(nodes, Some(at), Sign::Plus, &division.whole, book, books);
        }
        Why::Rounded(rounded) => {
            nodes.push(node(How::Rule(Sentence::plain(rounded.1.clone()))));
            grow(nodes, Some(at), Sign::Plus, &rounded.0, book, books);
        }
        Why::Elsewhere(other, why) => {
            let year = books.get(*other).map(|books| books.year.fiscal_year.to_string()).unwrap_or_default();
            let name = Text::new(format!("{} {year}", step.name.ko), format!("{} {year}", step.name.en));
            grow(nodes, parent, sign, &Step { name, why: (**why).clone(), ..step.clone() }, *other, books);
        }
        Why::PartOf(_) | Why::Label | Why::NoLines | Why::NotAttributed | Why::NoBasis | Why::NotDerivable => {
            nodes.push(node(How::Nothing));
        }
    }
}

/// `아래 금액을 국비 50% : 도비 30% : 자부담 20%로 나눈 1번째 몫`
fn divided(division: &Division) -> Sentence {
    let mut values = vec![Piece::Count(division.place as u64 + 1)];
    let mut names = Vec::new();
    for (name, weight) in division.weights.iter() {
        let n = values.len();
        values.push(Piece::Text(name.clone()));
        match weight {
            Proportion::Share(share) => values.push(Piece::Percent(share.percent())),
            Proportion::Amount(money) => values.push(Piece::Figure(money.exactly(Unit::Won), None)),
            Proportion::All => values.push(Piece::Count(1)),
        }
        names.push(format!("{{{n}}} {{{}}}", n + 1));
    }
    let names = names.join(" : ");
    Sentence::with(
        (
            format!("아래 금액을 {names}로 나눈 {{0}}번째 몫(모자라는 1원은 큰 나머지부터)"),
            format!("part {{0}} of the amount below, divided by {names} (largest remainders)"),
        ),
        values,
    )
}

/// The only entry of a formula.
fn single(slice: &Slice) -> Option<(Sign, Measure)> {
    match slice.formula {
        [only] => Some(*only),
        _ => None,
    }
}

/// What a measure is called: as the term that it alone makes.
fn measure_name(measure: Measure) -> Text {
    let alone = |term: &Term| term.formula(GrantMode::Advance) == [(Sign::Plus, measure)];
    // The last such, as 예치액 stands before 교부액.
    match Term::ALL.iter().rev().find(|term| alone(term)) {
        Some(term) => term.word().text(),
        None => {
            let plain = match measure {
                Measure::Transferred => words::TRANSFERRED,
                Measure::CarriedIn => words::CARRIED_IN,
                _ => words::CARRIED_OUT,
            };
            Text::new(format!("{}(세부구분 없음)", plain.ko), format!("{} (no subtype)", plain.en))
        }
    }
}

/// Amounts of sums of lines, once those are read; entries that no line touched go.
pub(super) fn settled(nodes: Vec<Node>, sum: impl Fn(usize, &Slice) -> Option<Money>) -> Vec<Node> {
    let mut place = vec![None; nodes.len()];
    let mut kept: Vec<Node> = Vec::new();
    for (n, mut node) in nodes.into_iter().enumerate() {
        if let How::Lines(slice, sign) = &node.how {
            match sum(node.book, slice) {
                Some(sum) => node.amount = if *sign == Sign::Plus { sum } else { -sum },
                // No line has to do with it: it explains nothing.
                None => continue,
            }
        }
        node.parent = node.parent.and_then(|parent| place[parent]);
        place[n] = Some(kept.len());
        kept.push(node);
    }
    kept
}
