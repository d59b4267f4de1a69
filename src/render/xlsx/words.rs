//! The words of the workbook's own sheets.

use crate::words::Word;

pub(super) const DOCUMENT: Word = Word::new("document", "문서", "Document");
pub(super) const TABLE: Word = Word::new("table", "표", "Table");
pub(super) const WON: Word = Word::new("won", "원", "Won");
pub(super) const LINES: Word = Word::new("lines", "내역", "Lines");
pub(super) const ACCOUNTS: Word = Word::new("accounts", "과목", "Accounts");
pub(super) const CHECK: Word = Word::new("check", "검산", "Check");

// The columns of the sheet of lines.

pub(super) const PLACE: Word = Word::new("place", "적힌 곳", "Place");
pub(super) const DATE: Word = Word::new("date", "날짜", "Date");
pub(super) const ACCOUNT: Word = Word::new("account", "예산과목", "Account");
pub(super) const NUMBER: Word = Word::new("number", "과목번호", "Account no.");
pub(super) const KIND: Word = Word::new("kind", "구분", "Kind");
pub(super) const SUBTYPE: Word = Word::new("subtype", "세부", "Subtype");
pub(super) const MEASURE: Word = Word::new("measure", "금액 구분", "Measure");
pub(super) const SIGN: Word = Word::new("sign", "부호", "Sign");
pub(super) const AMOUNT: Word = Word::new("amount", "금액(원)", "Amount (won)");
pub(super) const COUNTED: Word = Word::new("counted", "반영액(원)", "Counted (won)");
pub(super) const COUNTED_PARTS: Word =
    Word::new("counted_parts", "반영액(만분의 1원)", "Counted (ten-thousandths of a won)");
pub(super) const ITEM: Word = Word::new("item", "사업", "Item");
pub(super) const FUND: Word = Word::new("fund", "재원", "Fund");
pub(super) const REFERENCE: Word = Word::new("ref", "증빙", "Ref");
pub(super) const OF: Word = Word::new("of", "원 증빙", "Of");
pub(super) const PAYEE: Word = Word::new("payee", "거래처", "Payee");
pub(super) const MEMO: Word = Word::new("memo", "적요", "Memo");

// The ranges of that sheet, as formulas name them.

pub(super) const IN_AMOUNT: Word = Word::new("in_amount", "반영액", "counted");
pub(super) const IN_MEASURE: Word = Word::new("in_measure", "금액구분", "measure");
pub(super) const IN_ACCOUNT: Word = Word::new("in_account", "과목", "account");
pub(super) const IN_ITEM: Word = Word::new("in_item", "사업번호", "item");
pub(super) const IN_TASK: Word = Word::new("in_task", "과제번호", "task");
pub(super) const IN_PROGRAM: Word = Word::new("in_program", "프로그램번호", "programme");
pub(super) const IN_FUND: Word = Word::new("in_fund", "재원번호", "fund");
pub(super) const IN_FIRST: Word = Word::new("in_first", "첫날", "first_day");
pub(super) const IN_LAST: Word = Word::new("in_last", "끝날", "last_day");
pub(super) const IN_PRECISION: Word = Word::new("in_precision", "날짜정밀도", "precision");

// The columns of the chart.

pub(super) const PATH: Word = Word::new("path", "과목", "Account");
pub(super) const LAST: Word = Word::new("last", "아래 과목의 끝 번호", "Last no. below");
