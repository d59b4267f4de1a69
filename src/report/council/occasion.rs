//! When and where something is, who takes part and who pays, as points under their labels.

use super::sheet::{behind, point, said};
use crate::ledger::{Date, Funding, Occasion, Passage, Standing};
use crate::money::Money;
use crate::table::{Piece, Point, Sentence};
use crate::words::{self, Text, Word};

const PARTICIPANTS: Word = Word::new("participants", "참가", "Participants");
const PARTNERS: Word = Word::new("partners", "협력기관", "With");

/// The period, the place, who takes part, with whom.
pub(super) fn points(occasion: &Occasion, depth: u32) -> Vec<Point> {
    let mut points = Vec::new();
    let mut put = |word: Word, text: Sentence| points.push(point(depth, Some(&word.text()), text));
    if let Some(dates) = period(occasion.starts, occasion.ends) {
        put(words::PERIOD, dates);
    }
    if let Some(place) = &occasion.place {
        put(words::PLACE, said(place));
    }
    if let Some(participants) = &occasion.participants {
        put(PARTICIPANTS, said(participants));
    }
    if !occasion.partners.is_empty() {
        put(PARTNERS, said(&Text::joined(&occasion.partners)));
    }
    points
}

/// The texts that stand among these, as points with their points below them.
pub(super) fn within(texts: &[Passage]) -> Vec<Point> {
    let mut points = Vec::new();
    for passage in texts.iter().filter(|passage| passage.at == Standing::Within) {
        let Passage { at: _, heading, text, facts, points: bullets, note } = passage;
        let first = match (heading, text) {
            (Some(heading), Some(text)) => Some(point(0, Some(heading), said(text))),
            (Some(only), None) | (None, Some(only)) => Some(point(0, None, said(only))),
            (None, None) => None,
        };
        let depth = u32::from(first.is_some());
        points.extend(first);
        points.extend(facts.iter().map(|fact| point(depth, Some(&fact.label), said(&fact.text))));
        points.extend(super::sheet::bullets(bullets, depth));
        points.extend(note.as_ref().map(|note| point(depth, None, said(&behind("※", note)))));
    }
    points
}

/// From when until when.
pub(super) fn period(starts: Option<Date>, ends: Option<Date>) -> Option<Sentence> {
    Some(match (starts, ends) {
        (None, None) => return None,
        (Some(starts), Some(ends)) if starts == ends => Sentence::with(("{0}", "{0}"), vec![Piece::Date(starts)]),
        (Some(starts), Some(ends)) => {
            Sentence::with(("{0} ~ {1}", "{0} ~ {1}"), vec![Piece::Date(starts), Piece::Date(ends)])
        }
        (Some(starts), None) => Sentence::with(("{0} ~", "{0} ~"), vec![Piece::Date(starts)]),
        (None, Some(ends)) => Sentence::with(("~ {0}", "~ {0}"), vec![Piece::Date(ends)]),
    })
}

/// What something costs and who pays, under a label.
pub(super) struct Pays<'a> {
    /// Whose money.
    pub(super) funding: Funding,
    /// What was written of that.
    pub(super) note: Option<&'a Text>,
    /// What it costs those who keep the book.
    pub(super) own: Option<Money>,
    /// What it costs others.
    pub(super) external: Option<Money>,
    /// What else is to be said of the amount: its account, what sort of figure it is.
    pub(super) remarks: Vec<Text>,
}

impl Pays<'_> {
    /// `10,000천원`, `인재개발원 예산 활용`, or that nothing is written, which is not nothing.
    pub(super) fn sentence(&self, figure: impl Fn(Money) -> Piece) -> Sentence {
        let mut remarks = self.remarks.clone();
        let external = || Text::new("외부재원", "paid by others");
        let note = self.note.cloned();
        let behind = |amount: Piece, remarks: Vec<Text>| match remarks.is_empty() {
            true => Sentence::with(("{0}", "{0}"), vec![amount]),
            false => Sentence::with(("{0} ({1})", "{0} ({1})"), vec![amount, Piece::Text(Text::joined(&remarks))]),
        };
        match (self.own, self.external) {
            (Some(own), Some(others)) => {
                remarks.extend(note);
                let values = vec![figure(own), figure(others), Piece::Text(Text::joined(&remarks))];
                match remarks.is_empty() {
                    true => Sentence::with(("{0}, 외부재원 {1}", "{0}; paid by others {1}"), values),
                    false => Sentence::with(("{0}, 외부재원 {1} ({2})", "{0}; paid by others {1} ({2})"), values),
                }
            }
            (Some(own), None) => {
                remarks.extend(note);
                behind(figure(own), remarks)
            }
            (None, Some(others)) => {
                remarks.insert(0, note.unwrap_or_else(external));
                behind(figure(others), remarks)
            }
            (None, None) if self.funding == Funding::External => said(&note.unwrap_or_else(external)),
            (None, None) => match note {
                Some(note) => said(&note),
                None => Sentence::plain(("적혀 있지 않음", "not stated")),
            },
        }
    }
}
