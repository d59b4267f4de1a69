//! `completions`: scripts by which a shell completes the command line.

use super::Outcome;
use clap_complete::Shell;

#[derive(Debug, clap::Args)]
#[command(after_long_help = super::plain(include_str!("completions.md")))]
pub(super) struct Args {
    /// Which shell
    shell: Shell,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "wego-ledger", &mut script);
    Ok(Outcome::Bytes(script))
}
