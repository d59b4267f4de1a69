//! What a page says of its own, in both languages.

use crate::words::Word;

pub(super) const SKIP: Word = Word::new("skip", "본문으로 건너뛰기", "Skip to the content");
pub(super) const CONTENTS: Word = Word::new("contents", "차례", "Contents");
pub(super) const AT_A_GLANCE: Word = Word::new("figures", "한눈에 보기", "At a glance");
pub(super) const BASIS: Word = Word::new("basis", "숫자의 근거", "What the figures rest on");
pub(super) const BASIS_LEAD: Word = Word::new(
    "basis-lead",
    "표의 숫자를 누르면 그 숫자가 나온 내역이나 계산이 열린다. 금액은 원 단위의 정확한 값이다.",
    "A figure of a table leads to the lines or the steps that it comes from. Amounts are exact, in won.",
);
pub(super) const MADE_BY: Word = Word::new("made-by", "장부에서 만듦", "Made from the books");
pub(super) const SOURCES: Word = Word::new("sources", "바탕이 된 문서", "The books were taken from");
pub(super) const BACK: Word = Word::new("back", "이 숫자가 있는 곳", "Where the figure stands");
pub(super) const SUM: Word = Word::new("sum", "합", "Sum");
pub(super) const PAYEE: Word = Word::new("payee", "상대방", "Payee");
pub(super) const FORMULA: Word = Word::new("formula", "산식", "Formula");
pub(super) const SCOPE: Word = Word::new("scope", "범위", "Only");
pub(super) const WRITTEN_AT: Word = Word::new("written-at", "적힌 곳", "Written at");
pub(super) const WRITTEN_THERE: Word = Word::new("written-there", "적힌 글", "As it is written");
pub(super) const LINES: Word = Word::new("lines", "내역", "Lines");
pub(super) const STEPS: Word = Word::new("steps", "계산", "Steps");
pub(super) const WEIGHTS: Word = Word::new("weights", "나눈 비율", "Divided by");

// What the script says.
pub(super) const FILTER: Word = Word::new("filter", "거르기", "Filter");
pub(super) const RESET: Word = Word::new("reset", "원래대로", "Reset");
pub(super) const ROWS_SHOWN: Word = Word::new("rows-shown", "{0}줄 가운데 {1}줄 표시", "{1} of {0} rows shown");

// Why a cell is blank.
pub(super) const NO_LINES: Word =
    Word::new("no-lines", "해당하는 줄이 없음(0이 아님)", "no line has to do with it; that is not zero");
pub(super) const NOT_ATTRIBUTED: Word = Word::new(
    "not-attributed",
    "위 과목에 적힌 줄이 이 과목의 몫을 가르지 않음",
    "lines of an account above do not say which part is this one's",
);
pub(super) const NO_BASIS: Word =
    Word::new("no-basis", "기준이 되는 금액이 없음", "there is nothing it would be a part of");
pub(super) const NOT_DERIVABLE: Word = Word::new("not-derivable", "장부로는 계산할 수 없음", "the data cannot give it");
