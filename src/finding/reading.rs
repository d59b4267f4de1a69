//! The codes of what is found while a book is read: `WL1nn` in files and lines, `WL2nn` in the chart and the plan.

use super::{Code, Grade, Severity};

/// What was not read stays an error; what was only remarked on may be graded otherwise.
const fn grade(severity: Severity) -> Grade {
    match severity {
        Severity::Error => Grade::Fixed,
        Severity::Warning | Severity::Info => Grade::ByYear,
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal $kebab:literal $severity:ident;)+) => {
        $($(#[doc = $doc])+ pub const $name: Code = Code { id: $id, name: $kebab, severity: Severity::$severity, grade: grade(Severity::$severity) };)+

        /// Every code that reading can raise, in order.
        pub const READING: &[Code] = &[$($name),+];
    };
}

codes! {
    /// A TOML file that cannot be parsed.
    BAD_TOML = "WL101" "bad-toml" Error;
    /// A key that no book has.
    UNKNOWN_KEY = "WL102" "unknown-key" Error;
    /// A value of another type than its key takes.
    WRONG_TYPE = "WL103" "wrong-type" Error;
    /// A value that its key cannot have.
    BAD_VALUE = "WL104" "bad-value" Error;
    /// A key that has to be there.
    MISSING_KEY = "WL105" "missing-key" Error;
    /// A listed file that is not there, or a glob that matches none.
    MISSING_FILE = "WL106" "missing-file" Error;
    /// One file listed twice: its lines would count twice.
    FILE_LISTED_TWICE = "WL107" "file-listed-twice" Error;
    /// Bytes that the encoding cannot have.
    UNDECODABLE = "WL108" "undecodable-bytes" Error;
    /// An encoding that was guessed.
    GUESSED_ENCODING = "WL109" "guessed-encoding" Warning;
    /// A file that is not the text table it should be.
    NOT_A_TABLE = "WL110" "not-a-table" Error;
    /// A first line that names no known column.
    BAD_HEADER = "WL111" "bad-header" Error;
    /// A header that is not a column.
    UNKNOWN_COLUMN = "WL112" "unknown-column" Error;
    /// A column that has to be there.
    MISSING_COLUMN = "WL113" "missing-column" Error;
    /// A column that is there twice.
    REPEATED_COLUMN = "WL114" "repeated-column" Error;
    /// A row with more or fewer fields than the header.
    RAGGED_ROW = "WL115" "ragged-row" Error;
    /// A quote that is not closed, or closes in the middle of a field.
    BAD_QUOTES = "WL116" "bad-quotes" Error;
    /// A row of empty fields.
    BLANK_ROW = "WL117" "blank-row" Warning;
    /// A total among the lines: it would be counted twice.
    TOTAL_ROW = "WL118" "total-row-in-data" Error;
    /// A text that is not a date.
    BAD_DATE = "WL119" "bad-date" Error;
    /// A weekday that the date does not fall on.
    WEEKDAY_MISMATCH = "WL120" "weekday-mismatch" Warning;
    /// A text that is not an amount.
    BAD_AMOUNT = "WL121" "bad-amount" Error;
    /// An amount with a unit that is not the file's.
    UNIT_CONFLICT = "WL122" "unit-conflict" Error;
    /// An amount finer than a ten-thousandth of a won.
    TOO_PRECISE = "WL123" "too-precise" Error;
    /// A sign on a kind of line that carries its own.
    SIGN_NOT_ALLOWED = "WL124" "sign-not-allowed" Error;
    /// Full-width characters in an amount.
    FULL_WIDTH = "WL125" "full-width-digits" Warning;
    /// A kind that is not one.
    UNKNOWN_KIND = "WL126" "unknown-kind" Error;
    /// An account that the chart does not have.
    UNKNOWN_ACCOUNT = "WL127" "unknown-account" Error;
    /// A name that is right but for its spelling.
    OTHER_SPELLING = "WL128" "other-spelling" Warning;
    /// An item that the plan does not have.
    UNKNOWN_ITEM = "WL129" "unknown-item" Error;
    /// A fund that the year file does not have.
    UNKNOWN_FUND = "WL130" "unknown-fund" Error;
    /// A field that has to be filled.
    MISSING_FIELD = "WL131" "missing-field" Error;
    /// A field that this kind of line does not take.
    FIELD_NOT_TAKEN = "WL132" "field-not-taken" Error;
    /// A correction that goes back to no line that can be found.
    CORRECTION_OF_NOTHING = "WL133" "correction-of-nothing" Error;
    /// A comment below the header.
    COMMENT_IN_DATA = "WL134" "comment-in-data" Error;
    /// Money on an account that has accounts below it.
    MONEY_ON_PARENT = "WL135" "money-on-parent" Error;
    /// A subtype that this kind of line cannot have.
    UNKNOWN_SUBTYPE = "WL136" "unknown-subtype" Error;
    /// An account that is in the chart twice.
    REPEATED_ACCOUNT = "WL201" "repeated-account" Error;
    /// An account whose parent does not come before it.
    ORPHAN_ACCOUNT = "WL202" "orphan-account" Error;
    /// An id that is given twice.
    REPEATED_ID = "WL203" "repeated-id" Error;
    /// A reference to nothing.
    UNKNOWN_REFERENCE = "WL204" "unknown-reference" Error;
    /// A printed cell that is not a figure.
    BAD_PRINTED_FIGURE = "WL205" "bad-printed-figure" Error;
    /// A rate of which nothing says what it is a rate of.
    RATE_BASIS_MISSING = "WL206" "rate-basis-missing" Error;
}
