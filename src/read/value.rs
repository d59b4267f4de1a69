//! Text to amounts and dates, with a finding for each way it can fail.

use crate::finding::{self, Code, Finding, Findings, Search};
use crate::ledger::{Cost, Date, DateReason, Kind, Reference};
use crate::money::{self, AmountReason, Money, Parsed, Signs, Unit};
use crate::source::{Encoding, Span};
use crate::words::Text;

/// A text and the place where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot<'a> {
    /// The text.
    pub(super) text: &'a str,
    /// Its place.
    pub(super) span: Span,
}

impl<'a> Spot<'a> {
    /// The text without the space around it.
    pub(super) fn trimmed(&self) -> &'a str {
        trimmed(self.text)
    }

    /// Whether nothing is written.
    pub(super) fn is_blank(&self) -> bool {
        self.trimmed().is_empty()
    }

    /// The text as the id of something else, with its place.
    pub(super) fn reference(&self) -> Reference {
        Reference { id: self.trimmed().to_owned(), span: self.span }
    }

    /// The place of the character at a byte of the text, or right behind its end; of the whole where the text is not
    /// written as it reads, with quotes doubled or characters escaped.
    pub(super) fn character(&self, byte: usize) -> Span {
        if self.span.length as usize != self.text.len() {
            return self.span;
        }
        let length = self.text[byte.min(self.text.len())..].chars().next().map_or(0, char::len_utf8);
        Span { at: self.span.at + byte as u64, length: u32::try_from(length).unwrap_or(0), ..self.span }
    }
}

/// A text without the space around it. Most texts begin and end with what can be no part of a space, which their bytes
/// show: ASCII, and what is coded from U+A000 on, as Hangul is (3 % of the time); many are empty.
#[inline]
pub(super) fn trimmed(text: &str) -> &str {
    let bytes = text.as_bytes();
    let ink = |byte: u8| byte.is_ascii_graphic() || byte >= 0xea;
    let begins = bytes.first().is_some_and(|byte| ink(*byte));
    let ends = match bytes {
        [.., last] if last.is_ascii() => ink(*last),
        [.., lead, _, _] => *lead >= 0xea,
        _ => false,
    };
    if begins && ends || bytes.is_empty() { text } else { text.trim() }
}

/// What an amount is of: whether it may be negative, and what to do where it is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Of {
    /// A line of a kind, where the kind is known.
    Line(Option<Kind>),
    /// A cost, planned or reported.
    Cost,
}

impl Of {
    fn signs(self) -> Signs {
        match self {
            Of::Line(Some(kind)) => kind.signs(),
            // A line of no known kind has its finding already.
            Of::Line(None) => Signs::Allowed,
            Of::Cost => Signs::Refused,
        }
    }
}

/// Reads a cost, with the grain that it is written in.
pub(super) fn cost(spot: Spot<'_>, unit: Unit, findings: &mut Findings) -> Option<Cost> {
    let Parsed { money, grain, .. } = parsed(spot, unit, Of::Cost, findings)?;
    Some(Cost { amount: money, grain, span: spot.span })
}

/// Reads an amount; says why it cannot, and at which character.
pub(super) fn amount(spot: Spot<'_>, unit: Unit, of: Of, findings: &mut Findings) -> Option<Money> {
    parsed(spot, unit, of, findings).map(|parsed| parsed.money)
}

fn parsed(spot: Spot<'_>, unit: Unit, of: Of, findings: &mut Findings) -> Option<Parsed> {
    match money::parse(spot.text, unit, of.signs()) {
        Ok(parsed) => {
            if parsed.full_width {
                findings.push(Finding::new(
                    finding::FULL_WIDTH,
                    spot.span,
                    (
                        format!("전각 문자로 쓴 금액: `{}`", spot.text),
                        format!("an amount in full-width characters: `{}`", spot.text),
                    ),
                    ("숫자와 쉼표를 반각으로 고쳐 쓸 것", "write its digits and commas in plain width"),
                ));
            }
            Some(parsed)
        }
        Err(error) => {
            let (code, message, way_out) = amount_words(error.reason, spot.text, unit, of);
            let span = match error.reason {
                // The value as a whole is wrong, not one of its characters.
                AmountReason::Empty
                | AmountReason::Nil
                | AmountReason::TooLarge
                | AmountReason::LeadingZero
                | AmountReason::Sign => spot.span,
                _ => spot.character(error.at),
            };
            findings.push(Finding::new(code, span, message, way_out));
            None
        }
    }
}

fn amount_words(reason: AmountReason, text: &str, unit: Unit, of: Of) -> (finding::Code, Text, Text) {
    use AmountReason as R;
    let bad = |ko: &str, en: &str| {
        let message =
            Text::new(format!("금액으로 읽을 수 없음, {ko}: `{text}`"), format!("not an amount, {en}: `{text}`"));
        (finding::BAD_AMOUNT, message)
    };
    let plain = Text::new("`1234`나 `1,234`처럼 쓸 것", "write it like `1234` or `1,234`");
    let ((code, message), way_out) = match reason {
        R::Empty => (
            (finding::MISSING_FIELD, Text::new("금액이 비어 있음", "the amount is blank")),
            Text::new("금액을 쓸 것. 빈 칸은 0이 아님", "write the amount; blank is not zero"),
        ),
        R::Nil => (
            bad("`-`는 인쇄된 표의 '없음' 표시임", "`-` is the nil of a printed table"),
            Text::new(
                "금액을 쓰거나 줄을 지울 것. 없음은 0이 아님",
                "write the amount or delete the line; nil is not zero",
            ),
        ),
        R::Grouping => (bad("쉼표는 세 자리마다 와야 함", "commas stand before every three digits"), plain),
        R::TwoPoints => (bad("소수점이 둘임", "two decimal points"), plain),
        R::CommaBehindPoint => (
            bad("소수점 뒤에 쉼표가 있음", "a comma behind the decimal point"),
            Text::new("자리는 쉼표로, 소수는 점으로: `1,234.56`", "group by commas, point for decimals: `1,234.56`"),
        ),
        R::Exponent => (bad("지수 표기임", "an exponent"), plain),
        R::Numeral => (bad("한글 수사가 섞임", "a Korean numeral among the digits"), numeral_example(unit)),
        R::Space => (bad("숫자 사이에 빈칸이 있음", "a space between digits"), plain),
        R::Percent => (bad("비율임", "a per cent"), plain),
        R::Plus => (bad("`+`는 쓰지 않음", "a plus sign"), plain),
        R::Point => (
            bad("소수점 앞뒤에 숫자가 있어야 함", "a point needs a digit on each side"),
            Text::new("`0.5`처럼 쓸 것", "write it like `0.5`"),
        ),
        R::LeadingZero => (
            bad("0으로 시작함", "it begins with a zero"),
            Text::new("번호가 금액 칸에 들어왔는지 볼 것", "see whether a number of another column slipped in"),
        ),
        R::NotANumber => (bad("숫자가 아님", "it is not a number"), plain),
        R::TooLarge => (
            bad("1,000조원을 넘음", "more than 1,000조 (10¹⁵) won"),
            Text::new("파일의 단위가 맞는지 볼 것", "see whether the file's unit is right"),
        ),
        R::Sign => sign_words(text, of),
        R::Unit(written) => {
            let (file, own) = (unit.word(), written.word());
            (
                (
                    finding::UNIT_CONFLICT,
                    Text::new(
                        format!("단위가 파일과 다름, 파일은 {}, 금액은 {}: `{text}`", file.ko, own.ko),
                        format!("the file is in {}, and this amount in {}: `{text}`", file.en, own.en),
                    ),
                ),
                Text::new(
                    "금액을 파일의 단위로 고치거나, year.toml에서 파일의 `unit`을 고칠 것",
                    "convert the amount, or mend the file's `unit` in year.toml",
                ),
            )
        }
        R::Precision => (
            (
                finding::TOO_PRECISE,
                Text::new(
                    format!("만분의 1원보다 작은 자리까지 쓴 금액: `{text}`"),
                    format!("finer than a ten-thousandth of a won: `{text}`"),
                ),
            ),
            Text::new(
                "스프레드시트의 부동소수점 찌꺼기면 반올림하지 말고 원래 금액을 쓸 것",
                "if a spreadsheet's floating point left it, write the amount that was meant",
            ),
        ),
    };
    (code, message, way_out)
}

/// 3억 5천만 won in digits of the file's unit.
fn numeral_example(unit: Unit) -> Text {
    let example = Money::from_won(350_000_000).exactly(unit);
    Text::new(format!("숫자로만 쓸 것: 3억5천만원은 `{example}`"), format!("digits only: 3억5천만원 is `{example}`"))
}

fn sign_words(text: &str, of: Of) -> ((finding::Code, Text), Text) {
    let (what, way_out) = match of {
        Of::Cost => (Text::new("소요액", "a cost"), Text::new("양수로 쓸 것", "write it positive")),
        Of::Line(kind) => {
            let word = kind.unwrap_or(Kind::Disbursement).word();
            let instead = match kind {
                Some(Kind::Budget) => Text::new("예산을 줄이는 것은 `추경`", "a `supplement` lowers the budget"),
                Some(Kind::Grant) => Text::new("교부를 줄이는 것은 `교부감액`", "a `grant_cut` takes a grant back"),
                Some(Kind::Disbursement) => Text::new("되돌려 받은 돈은 `여입`", "money back is a `refund`"),
                Some(Kind::Commitment) => Text::new("취소는 `원인행위취소`", "a `commitment_release` undoes it"),
                _ => Text::new("잘못 쓴 줄을 고치는 것은 `정정`", "a `correction` sets a line right"),
            };
            let way_out = Text::new(
                format!("양수로 쓸 것. 부호는 구분이 정함: {}", instead.ko),
                format!("write it positive, the kind carries the sign: {}", instead.en),
            );
            (Text::new(format!("`{}` 줄", word.ko), format!("a line of kind `{}`", word.id)), way_out)
        }
    };
    let message = Text::new(
        format!("음수로 쓸 수 없음({}): `{text}`", what.ko),
        format!("{} takes no negative amount: `{text}`", what.en),
    );
    ((finding::SIGN_NOT_ALLOWED, message), way_out)
}

/// Bytes that an encoding cannot have. `byte` is known where the file's own bytes are at hand.
pub(super) fn undecodable(encoding: Encoding, byte: Option<u8>, span: Span) -> Finding {
    let name = encoding.label();
    let byte = byte.map(|byte| format!(": 0x{byte:02X}")).unwrap_or_default();
    let way_out = match encoding {
        Encoding::Utf8 => Text::new(
            "이 자리만 다른 인코딩(CP949 등)으로 들어온 듯함. 이 줄을 UTF-8로 다시 입력할 것",
            "this place seems to come from another encoding, such as CP949; write the line anew in UTF-8",
        ),
        Encoding::Cp949 | Encoding::Utf16Le | Encoding::Utf16Be => Text::new(
            "year.toml의 `encoding`이 맞는지 볼 것. 맞으면 이 줄을 다시 입력할 것",
            "see whether the `encoding` in year.toml is right; if it is, write the line anew",
        ),
    };
    let message = (format!("{name} 글자가 아닌 바이트{byte}"), format!("a byte that {name} cannot have{byte}"));
    Finding::new(finding::UNDECODABLE, span, message, way_out)
}

/// Reads a date; says why it cannot. A wrong weekday is a warning.
pub(super) fn date(spot: Spot<'_>, findings: &mut Findings) -> Option<Date> {
    match Date::parse(spot.text) {
        Ok(parsed) => {
            if let Some(right) = parsed.wrong_weekday {
                findings.push(Finding::new(
                    finding::WEEKDAY_MISMATCH,
                    spot.span,
                    (
                        format!("요일이 날짜와 다름, {} ({right})이 맞음: `{}`", parsed.date, spot.text),
                        format!("the weekday is not that of the date, which is a {}: `{}`", weekday(right), spot.text),
                    ),
                    ("날짜와 요일 중 틀린 것을 고칠 것", "mend the date or the weekday"),
                ));
            }
            Some(parsed.date)
        }
        Err(reason) => {
            findings.push(bad_date(reason, spot));
            None
        }
    }
}

/// The English name of a weekday that is written in Korean.
fn weekday(korean: char) -> &'static str {
    match korean {
        '월' => "Monday (월)",
        '화' => "Tuesday (화)",
        '수' => "Wednesday (수)",
        '목' => "Thursday (목)",
        '금' => "Friday (금)",
        '토' => "Saturday (토)",
        _ => "Sunday (일)",
    }
}

fn bad_date(reason: DateReason, spot: Spot<'_>) -> Finding {
    let text = spot.text;
    let iso = Text::new(
        "이렇게 쓸 것: `2015-09-14`, `2015. 9. 14.`, `20150914`, `2015-09`, `2015`",
        "write it like `2015-09-14`, `2015. 9. 14.`, `20150914`, `2015-09` or `2015`",
    );
    let (ko, en, way_out) = match reason {
        DateReason::Empty => {
            return Finding::new(finding::MISSING_FIELD, spot.span, ("일자가 비어 있음", "the date is blank"), iso);
        }
        DateReason::Serial(date) => (
            "스프레드시트의 일련번호로 보임",
            "it looks like a spreadsheet's serial number",
            Text::new(format!("그렇다면 이 날임: `{date}`"), format!("if so, it is `{date}`")),
        ),
        DateReason::NoYear => ("네 자리 연도가 없음", "no four-digit year", iso),
        DateReason::Time => ("시각이 붙어 있음", "a time of day behind it", iso),
        DateReason::NoSuchDay => {
            ("달력에 없는 날임", "no day of the calendar", Text::new("연·월·일을 확인할 것", "see what day was meant"))
        }
        DateReason::NotADate => ("날짜 꼴이 아님", "not in the form of a date", iso),
    };
    let message = Text::new(format!("일자로 읽을 수 없음, {ko}: `{text}`"), format!("not a date, {en}: `{text}`"));
    Finding::new(finding::BAD_DATE, spot.span, message, way_out)
}

/// Says that a name is none of those known: with the one near it, where that is worth the search.
pub(super) fn unknown(
    code: Code,
    spot: Spot<'_>,
    near: impl Fn() -> Text,
    (ko, en): (&str, &str),
    way_out: (&str, &str),
    findings: &mut Findings,
) {
    findings.push_lazily(code, spot.span.source, |search| {
        let way_out = match search {
            Search::Worthwhile => near(),
            Search::Spared => way_out.into(),
        };
        Finding::new(code, spot.span, (format!("{ko}: `{}`", spot.text), format!("{en}: `{}`", spot.text)), way_out)
    });
}

#[cfg(test)]
mod tests {
    use super::trimmed;
    use proptest::prelude::*;

    proptest! {
        /// Whatever stands at the ends of a text: spaces of every sort, and characters whose bytes look like theirs.
        #[test]
        fn what_is_trimmed_is_what_has_space_around_it(
            text in "[ \t\n\u{0}\u{1f}\u{85}\u{a0}\u{1680}\u{2003}\u{2028}\u{3000}\u{feff}a가é∢\u{9fff}\u{a000}\u{1f600}ꀀ#]{0,4}",
        ) {
            prop_assert_eq!(trimmed(&text), text.trim());
        }
    }
}
