//! `schema`: the schemas of what `--format json` writes, for programs that read it.

use super::{Outcome, Trouble};
use crate::words::{Text, did_you_mean};

#[derive(Debug, clap::Args)]
#[command(after_long_help = super::plain(include_str!("schema.md")))]
pub(super) struct Args {
    /// Of which document, as its `schema` field names it; without it, all are listed
    name: Option<String>,
}

/// A schema: the name of its document, the command that writes that, and what it says.
struct Known {
    name: &'static str,
    command: &'static str,
    text: &'static str,
}

macro_rules! known {
    ($name:literal, $command:literal) => {
        Known { name: $name, command: $command, text: include_str!(concat!("../../fixtures/schema/", $name, ".json")) }
    };
}

const KNOWN: [Known; 11] = [
    known!("settlement", "settle"),
    known!("plan", "plan"),
    known!("diff", "diff YEAR"),
    known!("years", "diff YEAR YEAR"),
    known!("changes", "diff YEAR --from REV|DIR"),
    known!("status", "status"),
    known!("return", "return"),
    known!("audit", "audit"),
    known!("explain", "explain"),
    known!("report", "report"),
    known!("check", "check"),
];

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let Some(name) = &args.name else { return Ok(Outcome::Bytes(list().into_bytes())) };
    // As documents name it, too: `wego-ledger/settlement@1`.
    let short = name.strip_prefix("wego-ledger/").unwrap_or(name);
    let short = short.strip_suffix("@1").unwrap_or(short);
    match KNOWN.iter().find(|known| known.name == short) {
        Some(known) => Ok(Outcome::Bytes(known.text.as_bytes().to_vec())),
        None => Err(Trouble {
            message: Text::new(format!("모르는 스키마: `{name}`"), format!("an unknown schema: `{name}`")),
            way_out: did_you_mean(short, &KNOWN.map(|known| known.name)),
            lang: None,
        }
        .into()),
    }
}

/// Every schema, one line each.
fn list() -> String {
    let line = |known: &Known| format!("{:<10}  wego-ledger {} --format json\n", known.name, known.command);
    KNOWN.iter().map(line).collect()
}
