//! Where the tables of a file are: their titles, their headings, their rows, and what is none of these.
//!
//! Law: no row is left out in silence. What is not read as a row of figures is told, with its place.

use super::written::{Said, is_year, said};
use crate::ledger::Written;
use crate::source::Span;

/// A row of a published table.
type Record = Vec<Written>;

/// A table as it stands in its file.
pub(super) struct Laid<'p> {
    /// What stands above the heading: titles, units.
    pub(super) titles: Vec<&'p Written>,
    /// The lines of the heading.
    pub(super) lines: Vec<&'p Record>,
    /// The rows.
    pub(super) body: Vec<&'p Record>,
    /// What is no row of figures.
    pub(super) left_out: Vec<LeftOut>,
}

/// What of a file is read as no row of figures.
#[derive(Clone, Debug)]
pub struct LeftOut {
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// What it is taken for.
    pub what: Left,
}

/// What a row without figures is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// A name above the rows below it.
    Name,
    /// A note.
    Note,
    /// The heading, said again.
    Heading,
    /// Words where figures stand.
    Words,
}

/// What a row looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Looks {
    Blank,
    /// One cell of words.
    Single,
    /// Words in several cells, as headings have them.
    Words,
    /// A name and figures.
    Figures,
}

/// The tables of a file; none where no row has figures.
pub(super) fn laid(records: &[Record]) -> Vec<Laid<'_>> {
    let mut looks: Vec<Looks> = records.iter().map(looks).collect();
    for n in 1..records.len() {
        // Among figures, a row of small ones that could be years is one of figures.
        if looks[n] == Looks::Words && looks[n - 1] == Looks::Figures && is_of_years(&records[n]) {
            looks[n] = Looks::Figures;
        }
    }
    let mut found: Vec<Laid<'_>> = Vec::new();
    let mut at = 0;
    while let Some(first) = (at..records.len()).find(|n| looks[*n] == Looks::Figures) {
        let between = at..first;
        let (titles, lines, rest) = heading(records, &looks, between.clone(), &records[first]);
        let open = found.last_mut();
        match open {
            // No heading of its own: the rows go on, and what stands between them are names and notes.
            Some(open) if lines.is_empty() || is_same(&open.lines, &lines) => {
                let again = lines.iter().filter_map(|record| left(record, Left::Heading));
                let others = titles.iter().chain(&rest).filter_map(|record| left(record, of_words(record)));
                open.left_out.extend(others.chain(again));
            }
            open => {
                if let Some(open) = open {
                    // Notes stand below the table that they are on.
                    open.left_out.extend(
                        titles.iter().filter(|record| is_note(record)).filter_map(|record| left(record, Left::Note)),
                    );
                }
                let titles: Vec<&Record> = titles.into_iter().filter(|record| !is_note(record)).collect();
                let left_out = rest.iter().filter_map(|record| left(record, of_words(record))).collect();
                let titles = titles
                    .iter()
                    .chain(&lines)
                    .flat_map(|record| record.iter())
                    .filter(|cell| !cell.text.trim().is_empty());
                let titles: Vec<&Written> = titles.collect();
                found.push(Laid { titles, lines, body: Vec::new(), left_out });
            }
        }
        let end = (first..records.len()).find(|n| looks[*n] != Looks::Figures).unwrap_or(records.len());
        if let Some(open) = found.last_mut() {
            open.body.extend(&records[first..end]);
        }
        at = end;
    }
    if let Some(open) = found.last_mut() {
        open.left_out.extend(records[at..].iter().filter_map(|record| left(record, of_words(record))));
        for open in &mut found {
            open.left_out.sort_by_key(|left| left.span);
        }
    }
    found
}

fn of_words(record: &Record) -> Left {
    if is_note(record) {
        Left::Note
    } else if looks(record) == Looks::Words {
        Left::Words
    } else {
        Left::Name
    }
}

fn left(record: &Record, what: Left) -> Option<LeftOut> {
    let first = record.iter().find(|cell| !cell.text.trim().is_empty())?;
    let text =
        record.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
    Some(LeftOut { text, span: first.span, what })
}

fn is_note(record: &Record) -> bool {
    let Some(first) = record.iter().map(|cell| cell.text.trim()).find(|text| !text.is_empty()) else { return false };
    let lower = first.to_lowercase();
    let starts = [
        "※", "*", "주)", "주:", "주 :", "주1", "註", "자료", "출처", "source", "note", "(주)", "1)", "2)", "3)", "¹",
        "²", "†",
    ];
    starts.iter().any(|start| lower.starts_with(start))
}

fn is_same(a: &[&Record], b: &[&Record]) -> bool {
    let texts = |lines: &[&Record]| -> Vec<String> {
        let cells = lines.iter().flat_map(|record| record.iter());
        cells.map(|cell| crate::ledger::loosely(&cell.text)).filter(|text| !text.is_empty()).collect()
    };
    texts(a) == texts(b)
}

/// Whether a cell says what unit the table is in, or a fact about it, as titles do.
fn is_remark(text: &str) -> bool {
    let text = text.trim();
    let unit = text.starts_with(['(', '[', '（']) && (text.contains("단위") || text.to_lowercase().contains("unit"));
    unit || text.starts_with("단위") || (text.contains([':', '：']) && !text.contains(['=', '(']))
}

fn looks(record: &Record) -> Looks {
    let texts: Vec<&str> = record.iter().map(|cell| cell.text.trim()).collect();
    let filled = texts.iter().filter(|text| !text.is_empty()).count();
    if filled == 0 {
        return Looks::Blank;
    }
    let beside: Vec<Said> = texts.iter().skip(1).map(|text| said(text)).filter(|said| *said != Said::Blank).collect();
    let figures = beside.iter().filter(|said| **said != Said::Words).count();
    let years = texts.iter().skip(1).filter(|text| is_year(text)).count();
    let real = beside.iter().filter(|said| matches!(said, Said::Figure(_))).count();
    // `2014, 2015, 증감` and `2014, 2015` are headings. So is a row of column numbers.
    let is_heading = (real > 0 && real == years && figures == real) || is_numbered(&texts);
    if figures > 0 && figures * 2 >= beside.len() && !is_heading && !(beside.len() == 1 && is_remark_row(&texts)) {
        return Looks::Figures;
    }
    let said = texts.iter().filter(|text| !text.is_empty() && !is_remark(text)).count();
    if said > 1 { Looks::Words } else { Looks::Single }
}

fn is_of_years(record: &Record) -> bool {
    let named = record.first().is_some_and(|cell| !cell.text.trim().is_empty());
    named
        && record.iter().skip(1).all(|cell| is_year(&cell.text) || matches!(said(&cell.text), Said::Blank | Said::Nil))
}

fn is_remark_row(texts: &[&str]) -> bool {
    texts.first().is_some_and(|text| is_remark(text))
}

/// `(1), (2), (3)=(1)-(2)` below a heading: the numbers of its columns.
fn is_numbered(texts: &[&str]) -> bool {
    let plain =
        |text: &&str| text.split('=').next().unwrap_or_default().trim().trim_matches(['(', ')']).parse::<usize>().ok();
    if texts.first().is_some_and(|text| !text.is_empty() && plain(text).is_none()) {
        return false;
    }
    let filled: Vec<&&str> = texts.iter().filter(|text| !text.is_empty()).collect();
    let Some(first) = filled.first().and_then(|text| plain(text)).filter(|first| *first <= 2) else { return false };
    filled.len() > 2 && filled.iter().enumerate().all(|(n, text)| plain(text) == Some(first + n))
}

/// What stands between two blocks of figures: titles, the lines of a heading right above the second, and what is below
/// these.
fn heading<'p>(
    records: &'p [Record],
    looks: &[Looks],
    between: std::ops::Range<usize>,
    first: &Record,
) -> (Vec<&'p Record>, Vec<&'p Record>, Vec<&'p Record>) {
    let figures: Vec<usize> =
        (1..first.len()).filter(|n| !matches!(said(&first[*n].text), Said::Blank | Said::Words)).collect();
    let heads = |n: usize| {
        let covered =
            figures.iter().filter(|column| records[n].get(**column).is_some_and(|cell| !cell.text.trim().is_empty()));
        looks[n] == Looks::Words && !is_note(&records[n]) && covered.count() * 2 >= figures.len()
    };
    let Some(lowest) = between.clone().rev().find(|n| heads(*n)) else {
        let all: Vec<&Record> = between.map(|n| &records[n]).collect();
        return (Vec::new(), Vec::new(), all);
    };
    // Above it, other lines of words without a gap; below it, a line of formulas for some of the columns.
    let mut top = lowest;
    while top > between.start && looks[top - 1] == Looks::Words && !is_note(&records[top - 1]) {
        top -= 1;
    }
    let mut bottom = lowest + 1;
    while bottom < between.end
        && looks[bottom] != Looks::Blank
        && records[bottom].first().is_some_and(|cell| cell.text.trim().is_empty())
    {
        let only = records[bottom].iter().all(|cell| cell.text.trim().is_empty() || is_remark(&cell.text));
        if only {
            break;
        }
        bottom += 1;
    }
    let take = |range: std::ops::Range<usize>| range.map(|n| &records[n]).collect::<Vec<_>>();
    (take(between.start..top), take(top..bottom), take(bottom..between.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, Sources};

    fn told(text: &str) -> Vec<String> {
        let source = Sources::default().add(Source::file("t.csv".as_ref()));
        let span = Span::new(source, 0, 0);
        let cell = |text: &str| Written { text: text.to_owned(), span };
        let records: Vec<Record> = text.lines().map(|line| line.split(',').map(cell).collect()).collect();
        let one = |laid: &Laid<'_>| {
            let heading: Vec<String> = laid
                .lines
                .iter()
                .map(|line| line.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|"))
                .collect();
            let left: Vec<String> = laid.left_out.iter().map(|left| format!("{:?} {}", left.what, left.text)).collect();
            format!("{} / {} rows / {}", heading.join("; "), laid.body.len(), left.join("; "))
        };
        laid(&records).iter().map(one).collect()
    }

    #[test]
    fn titles_headings_rows_and_notes_are_told_apart() {
        assert_eq!(
            told("2015 결산\n,,(단위: 천원)\n구분,예산,지출\nA,1,2\n\nB,3,4\n※ 반올림,,\n"),
            ["구분|예산|지출 / 2 rows / Note ※ 반올림"]
        );
        assert_eq!(told("구분,2014,2015,증감\nA,10,20,10\n"), ["구분|2014|2015|증감 / 1 rows / "]);
        assert_eq!(
            told("항목,예산,지출\n,(A),(B)\n세입,,\nA,1,2\n세출,,\nB,3,4\n"),
            ["항목|예산|지출; |(A)|(B) / 2 rows / Name 세입; Name 세출"]
        );
        assert_eq!(told("a,b,c\n(1),(2),(3)=(1)-(2)\nx,5,6\n"), ["a|b|c; (1)|(2)|(3)=(1)-(2) / 1 rows / "]);
    }

    #[test]
    fn two_tables_are_two_and_a_heading_said_again_is_none() {
        assert_eq!(
            told("구분,예산,지출\nA,1,2\n\n2. 수입\n구분,징수,수납\nB,3,4\n"),
            ["구분|예산|지출 / 1 rows / ", "구분|징수|수납 / 1 rows / "]
        );
        assert_eq!(
            told("구분,예산,지출\nA,1,2\n구분,예산,지출\nB,3,4\n"),
            ["구분|예산|지출 / 2 rows / Heading 구분, 예산, 지출"]
        );
    }
}
