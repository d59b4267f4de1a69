//! Text to amounts and dates, with a finding for each way it can fail.

use crate::finding::{self, Finding, Findings};
use crate::ledger::{Date, DateReason};
use crate::money::{self, AmountReason, Money, Signs, Unit};
use crate::source::Span;
use crate::words::Text;

/// A text and the place where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot<'a> {
    /// The text.
    pub(super) text: &'a str,
    /// Its place.
    pub(super) span: Span,
}

impl Spot<'_> {
    /// Whether nothing is written.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The place of the character at a byte of the text, or right behind its end.
    fn character(&self, byte: usize) -> Span {
        let length = self.text[byte.min(self.text.len())..].chars().next().map_or(0, char::len_utf8);
        Span { at: self.span.at + byte as u64, length: u32::try_from(length).unwrap_or(0), ..self.span }
    }
}

/// Reads an amount; says why it cannot, and at which character.
pub(super) fn amount(spot: Spot<'_>, unit: Unit, signs: Signs, findings: &mut Findings) -> Option<Money> {
    match money::parse(spot.text, unit, signs) {
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
            Some(parsed.money)
        }
        Err(error) => {
            let (code, message, way_out) = amount_words(error.reason, spot.text, unit);
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

fn amount_words(reason: AmountReason, text: &str, unit: Unit) -> (finding::Code, Text, Text) {
    use AmountReason as R;
    let name = unit.word();
    let bad = |ko: &str, en: &str| {
        (
            finding::BAD_AMOUNT,
            Text::new(format!("금액으로 읽을 수 없음, {ko}: `{text}`"), format!("not an amount, {en}: `{text}`")),
        )
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
            Text::new(
                "쉼표로 자리를 나누고 점을 소수점으로 쓸 것: `1,234.56`",
                "group by commas, point for decimals: `1,234.56`",
            ),
        ),
        R::Exponent => (bad("지수 표기임", "an exponent"), plain),
        R::Numeral => (
            bad("한글 수사가 섞임", "a Korean numeral among the digits"),
            Text::new("숫자로만 쓸 것: 3억5천만은 `350,000,000`", "digits only: 3억5천만 is `350,000,000`"),
        ),
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
        R::NotANumber => (bad("숫자가 아님", "no number"), plain),
        R::TooLarge => (
            bad("1,000조원을 넘음", "more than 1,000조 (10¹⁵) won"),
            Text::new("파일의 단위가 맞는지 볼 것", "see whether the file's unit is right"),
        ),
        R::Sign => (
            (
                finding::SIGN_NOT_ALLOWED,
                Text::new(
                    format!("이 구분에는 음수를 쓰지 않음: `{text}`"),
                    format!("this kind of line takes no negative amount: `{text}`"),
                ),
            ),
            Text::new(
                "양수로 쓸 것. 부호는 구분이 정함: 되돌려 받은 돈은 `여입`, 교부를 줄인 것은 `교부감액`",
                "write it positive, the kind carries the sign: money back is a `refund`, a grant taken back a `grant_cut`",
            ),
        ),
        R::Unit(written) => (
            (
                finding::UNIT_CONFLICT,
                Text::new(
                    format!("파일의 단위는 {}인데 {}으로 씀: `{text}`", name.ko, written.word().ko),
                    format!("the file is in {} and this is in {}: `{text}`", name.ko, written.word().ko),
                ),
            ),
            Text::new(
                "금액을 파일의 단위로 고치거나, year.toml에서 파일의 `unit`을 고칠 것",
                "convert the amount, or mend the file's `unit` in year.toml",
            ),
        ),
        R::Precision => (
            (
                finding::TOO_PRECISE,
                Text::new(
                    format!("만분의 1원보다 잔 금액임: `{text}`"),
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

/// Reads a date; says why it cannot. A wrong weekday is a warning.
pub(super) fn date(spot: Spot<'_>, findings: &mut Findings) -> Option<Date> {
    match Date::parse(spot.text) {
        Ok(parsed) => {
            if let Some(right) = parsed.wrong_weekday {
                findings.push(Finding::new(
                    finding::WEEKDAY_MISMATCH,
                    spot.span,
                    (
                        format!("요일이 날짜와 다름, {}은 ({right}): `{}`", parsed.date, spot.text),
                        format!("the weekday does not fall on the date, {} is ({right}): `{}`", parsed.date, spot.text),
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

fn bad_date(reason: DateReason, spot: Spot<'_>) -> Finding {
    let text = spot.text;
    let iso = Text::new(
        "`2015-09-14`, `2015. 9. 14.`, `20150914`, `2015-09`, `2015`처럼 쓸 것",
        "write it like `2015-09-14`, `2015. 9. 14.`, `20150914`, `2015-09` or `2015`",
    );
    let (ko, en, way_out) = match reason {
        DateReason::Empty => {
            return Finding::new(finding::MISSING_FIELD, spot.span, ("일자가 비어 있음", "the date is blank"), iso);
        }
        DateReason::Serial(date) => (
            format!("스프레드시트의 일련번호임, {date}로 보임"),
            format!("a spreadsheet's serial number, it looks like {date}"),
            Text::new(format!("`{date}`로 쓸 것"), format!("write `{date}`")),
        ),
        DateReason::NoYear => ("네 자리 연도가 없음".into(), "no four-digit year".into(), iso),
        DateReason::Time => ("시각이 붙어 있음".into(), "a time of day behind it".into(), iso),
        DateReason::NoSuchDay => ("달력에 없는 날임".into(), "no day of the calendar".into(), iso),
        DateReason::NotADate => ("날짜 꼴이 아님".into(), "not in the form of a date".into(), iso),
    };
    let message = Text::new(format!("일자로 읽을 수 없음, {ko}: `{text}`"), format!("not a date, {en}: `{text}`"));
    Finding::new(finding::BAD_DATE, spot.span, message, way_out)
}
