//! The rules that are held to while files are read: `read` raises them, and their pages stand here.

use super::{Looks, Rule};
use crate::finding;

macro_rules! rules {
    ($($code:ident $page:literal;)+) => {
        /// Every rule of reading, in the order of the codes.
        pub(super) const RULES: &[Rule] = &[$(Rule {
            code: finding::$code,
            page: [include_str!(concat!($page, ".ko.md")), include_str!(concat!($page, ".md"))],
            looks: Looks::WhileReading,
        }),+];
    };
}

rules! {
    BAD_TOML "bad_toml";
    UNKNOWN_KEY "unknown_key";
    WRONG_TYPE "wrong_type";
    BAD_VALUE "bad_value";
    MISSING_KEY "missing_key";
    MISSING_FILE "missing_file";
    FILE_LISTED_TWICE "file_listed_twice";
    UNDECODABLE "undecodable_bytes";
    GUESSED_ENCODING "guessed_encoding";
    NOT_A_TABLE "not_a_table";
    BAD_HEADER "bad_header";
    UNKNOWN_COLUMN "unknown_column";
    MISSING_COLUMN "missing_column";
    REPEATED_COLUMN "repeated_column";
    RAGGED_ROW "ragged_row";
    BAD_QUOTES "bad_quotes";
    BLANK_ROW "blank_row";
    TOTAL_ROW "total_row_in_data";
    BAD_DATE "bad_date";
    WEEKDAY_MISMATCH "weekday_mismatch";
    BAD_AMOUNT "bad_amount";
    UNIT_CONFLICT "unit_conflict";
    TOO_PRECISE "too_precise";
    SIGN_NOT_ALLOWED "sign_not_allowed";
    FULL_WIDTH "full_width_digits";
    UNKNOWN_KIND "unknown_kind";
    UNKNOWN_ACCOUNT "unknown_account";
    OTHER_SPELLING "other_spelling";
    UNKNOWN_ITEM "unknown_item";
    UNKNOWN_FUND "unknown_fund";
    MISSING_FIELD "missing_field";
    FIELD_NOT_TAKEN "field_not_taken";
    CORRECTION_OF_NOTHING "correction_of_nothing";
    COMMENT_IN_DATA "comment_in_data";
    MONEY_ON_PARENT "money_on_parent";
    UNKNOWN_SUBTYPE "unknown_subtype";
    REPEATED_ACCOUNT "repeated_account";
    ORPHAN_ACCOUNT "orphan_account";
    REPEATED_ID "repeated_id";
    UNKNOWN_REFERENCE "unknown_reference";
    BAD_PRINTED_FIGURE "bad_printed_figure";
    RATE_BASIS_MISSING "rate_basis_missing";
}
