//! `init`: a small commented book to begin with.

use super::flags::Shared;
use super::{Outcome, Trouble, output};
use crate::words::{Lang, Text};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(after_long_help = super::plain(include_str!("init.md")))]
pub(super) struct Args {
    /// The folder, new or empty of the files that a book has
    folder: PathBuf,

    /// The first fiscal year
    #[arg(long, value_name = "YYYY", default_value_t = 2026, value_parser = clap::value_parser!(i32).range(1900..2200))]
    year: i32,
}

/// A file of the book to begin with: its name, and what it says in Korean and English.
struct Template {
    name: &'static str,
    ko: &'static str,
    en: &'static str,
}

/// `YEAR` in a name or a text stands for the year.
const TEMPLATES: [Template; 4] = [
    Template {
        name: "YEAR/account-lines.csv",
        ko: include_str!("init/ko/account-lines.csv"),
        en: include_str!("init/en/account-lines.csv"),
    },
    Template {
        name: "YEAR/plan-items.toml",
        ko: include_str!("init/ko/plan-items.toml"),
        en: include_str!("init/en/plan-items.toml"),
    },
    Template { name: "YEAR/year.toml", ko: include_str!("init/ko/year.toml"), en: include_str!("init/en/year.toml") },
    // Last, so that a folder is a book only once all of it is there.
    Template { name: "book.toml", ko: include_str!("init/ko/book.toml"), en: include_str!("init/en/book.toml") },
];

pub(super) fn run(args: &Args, shared: &Shared) -> anyhow::Result<Outcome> {
    let year = args.year.to_string();
    let files: Vec<(PathBuf, String)> = TEMPLATES
        .iter()
        .map(|template| {
            let text = match shared.early_lang() {
                Lang::Ko => template.ko,
                Lang::En => template.en,
            };
            (args.folder.join(template.name.replace("YEAR", &year)), text.replace("YEAR", &year))
        })
        .collect();
    if let Some((there, _)) = files.iter().find(|(path, _)| path.exists()) {
        return Err(Trouble {
            message: Text::new(
                format!("이미 있는 파일이라 아무것도 쓰지 않음: `{}`", there.display()),
                format!("this file is there already, nothing was written: `{}`", there.display()),
            ),
            way_out: Text::new("다른 폴더를 고를 것", "choose another folder"),
            lang: None,
        }
        .into());
    }
    for (path, text) in &files {
        write(path, text)?;
    }
    Ok(Outcome::Said(said(&args.folder, &files, &year)))
}

fn write(path: &Path, text: &str) -> Result<(), Trouble> {
    let written = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    written
        .and_then(|()| output::write_whole(path, text.as_bytes()))
        .map_err(|error| output::cannot_write(path, &error))
}

fn said(folder: &Path, files: &[(PathBuf, String)], year: &str) -> Text {
    let mut names: Vec<String> = files.iter().map(|(path, _)| format!("  {}", path.display())).collect();
    names.reverse();
    let names = names.join("\n");
    let next = format!("wego-ledger settle {year} --book {}", folder.display());
    Text::new(format!("새 장부를 만듦:\n{names}\n다음: {next}"), format!("a new book:\n{names}\nnext: {next}"))
}
