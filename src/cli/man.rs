//! `man`: the manual page.

use super::Outcome;

#[derive(Debug, clap::Args)]
#[command(after_long_help = super::plain(include_str!("man.md")))]
pub(super) struct Args {
    /// Of which command; of the program where none is named
    command: Option<String>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let mut whole = super::command();
    whole.build();
    let command = match &args.command {
        None => whole,
        Some(name) => match whole.find_subcommand(name) {
            Some(command) => command.clone(),
            None => {
                let known: Vec<&str> = whole.get_subcommands().map(clap::Command::get_name).collect();
                return Err(super::Trouble {
                    message: (format!("모르는 명령: `{name}`"), format!("an unknown command: `{name}`")).into(),
                    way_out: crate::words::did_you_mean(name, &known),
                    lang: None,
                }
                .into());
            }
        },
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    Ok(Outcome::Bytes(page))
}
