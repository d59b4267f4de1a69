//! Flags that commands share.

use super::Trouble;
use crate::ledger::{Date, Day, Presentation};
use crate::money::Unit;
use crate::render::{Bom, Format};
use crate::report::Paper;
use crate::table::Shown;
use crate::words::{Lang, Text, did_you_mean};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// Flags of every command.
#[derive(Debug, clap::Args)]
pub(super) struct Shared {
    /// The folder of the book; else the nearest one upward with a `book.toml`, else `./data`
    #[arg(long, global = true, value_name = "DIR", env = "WEGO_LEDGER_BOOK")]
    pub(super) book: Option<PathBuf>,

    /// The language of tables and messages; else the book's own
    #[arg(long, global = true, value_name = "ko|en", value_parser = lang)]
    pub(super) lang: Option<Lang>,

    /// When to use colour; `auto` is on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: When,

    /// Write into a file, whole or not at all; its ending chooses the format where none is named
    #[arg(long, short, global = true, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,

    /// Begin CSV with a byte-order mark, so that Excel sees Hangul
    #[arg(long, global = true)]
    pub(super) bom: bool,

    /// A font for PDF, for characters that the built-in one has not, such as Hanja; may be given several times
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) font: Vec<PathBuf>,

    /// How many workers read account lines, 256 at most; else as many as the machine has processors. Reports are the same
    /// with any number
    #[arg(long, global = true, value_name = "N")]
    jobs: Option<NonZeroUsize>,

    /// Open the file that is written, with what opens such files
    #[arg(long, global = true)]
    pub(super) open: bool,
}

// Flags of every command that makes a report. No doc comment: clap would take it for what the command does.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct PaperArgs {
    /// The unit of the table: 원, 천원, 백만원, 억원, 십억원 or 조원 (won, thousand, million, 100 million, billion, trillion)
    #[arg(long, value_name = "UNIT", value_parser = unit)]
    pub(super) unit: Option<Unit>,

    /// Show every digit instead of rounding
    #[arg(long)]
    pub(super) exact: bool,

    /// The format: table, markdown, csv, json, html, xlsx, pdf or hwpx
    #[arg(long, short, value_name = "FORMAT", value_parser = format)]
    pub(super) format: Option<Format>,

    /// Show what could be read though lines were refused; the table says so
    #[arg(long)]
    pub(super) allow_findings: bool,
}

impl PaperArgs {
    /// With how many digits amounts are shown.
    pub(super) fn shown(&self) -> Shown {
        if self.exact { Shown::Exactly } else { Shown::Rounded }
    }

    /// How a report is shown, where the year does not decide it.
    pub(super) fn paper(&self, presentation: &Presentation) -> Paper {
        Paper { unit: self.unit.unwrap_or(presentation.unit), shown: self.shown() }
    }
}

/// When colour is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum When {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| "`ko` or `en`".to_owned())
}

/// Reads `--unit`.
pub(super) fn unit(text: &str) -> Result<Unit, String> {
    Unit::parse(text).ok_or_else(|| {
        "원, 천원, 백만원, 억원, 십억원 or 조원 (won, thousand, million, 100 million, billion, trillion)".to_owned()
    })
}

/// Reads `--as-of`; a month or a year means its last day.
pub(super) fn day(text: &str) -> Result<Day, String> {
    match Date::parse(text) {
        Ok(parsed) if parsed.wrong_weekday.is_none() => Ok(parsed.date.last()),
        _ => Err("a date like 2015-09-14, 2015-09 or 2015".to_owned()),
    }
}

/// Reads `--format`.
pub(super) fn format(text: &str) -> Result<Format, String> {
    let names = Format::ALL.map(Format::name);
    let known = Format::ALL.into_iter().find(|format| format.name() == text);
    known.ok_or_else(|| did_you_mean(text, &names).en.into())
}

impl Shared {
    /// How many workers read account lines.
    pub(super) fn jobs(&self) -> NonZeroUsize {
        self.jobs.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
    }

    /// The folder of the book.
    pub(super) fn book_folder(&self) -> PathBuf {
        if let Some(folder) = &self.book {
            return folder.clone();
        }
        let here = std::env::current_dir().unwrap_or_default();
        let above = here.ancestors().position(|folder| folder.join("book.toml").is_file());
        match above {
            // Named from here, so that findings name files as a shell does.
            Some(0) => PathBuf::from("."),
            Some(levels) => std::iter::repeat_n("..", levels).collect(),
            None => PathBuf::from("data"),
        }
    }

    /// The language to speak while no book is known.
    pub(super) fn early_lang(&self) -> Lang {
        let said = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
        let from_world = if said.is_some_and(|value| value.starts_with("ko")) { Lang::Ko } else { Lang::En };
        self.lang.unwrap_or(from_world)
    }

    /// Whether CSV begins with a byte-order mark.
    pub(super) fn bom(&self) -> Bom {
        if self.bom { Bom::With } else { Bom::Without }
    }

    /// Refuses what only a document has, for a command that writes text and nothing else.
    pub(super) fn only_text(&self, format_named: bool) -> anyhow::Result<()> {
        let ending = self.output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
        let document = ending.filter(|ending| Format::of_ending(ending).is_some_and(|format| !format.is_text()));
        let asked = match (self.open, format_named, document) {
            (true, ..) => "--open".to_owned(),
            (_, true, _) => "--format".to_owned(),
            (.., Some(ending)) => format!(".{ending}"),
            (.., None) => return Ok(()),
        };
        Err(Trouble {
            message: Text::new(
                format!("글만 쓰는 명령이라 쓸 수 없음: `{asked}`"),
                format!("this command writes text and nothing else; it takes no `{asked}`"),
            ),
            way_out: Text::new(
                "빼고 다시 할 것. 글은 `--output 이름.txt`로 저장함",
                "leave it out; `--output NAME.txt` keeps the text",
            ),
            lang: None,
        }
        .into())
    }

    /// The format that was named, else that of the file's ending, else a table.
    pub(super) fn format(&self, named: Option<Format>) -> anyhow::Result<Format> {
        let ending = self.output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
        match (named, ending) {
            (Some(format), _) => Ok(format),
            (None, None) => Ok(Format::Table),
            (None, Some(ending)) => Format::of_ending(ending).ok_or_else(|| {
                let known = Format::ALL.map(Format::name).join(", ");
                Trouble {
                    message: Text::new(
                        format!("어떤 형식인지 알 수 없는 파일 이름: `.{ending}`"),
                        format!("this ending names no format: `.{ending}`"),
                    ),
                    way_out: Text::new(
                        format!("파일 이름의 끝을 형식에 맞추거나 `--format`을 붙일 것: {known}"),
                        format!("end the name as one of the formats does, or name a `--format`: {known}"),
                    ),
                    lang: None,
                }
                .into()
            }),
        }
    }
}

/// Which year, where none was named: says which there are.
pub(super) fn which_year(book: &Path, command: &str) -> anyhow::Error {
    match crate::read::years(book) {
        Err(error) => error.into(),
        Ok(years) => {
            let list = years.iter().map(i32::to_string).collect::<Vec<_>>().join(", ");
            let message = match years.last() {
                Some(_) => Text::new(
                    format!("어느 연도인지? 이 장부의 연도: {list}"),
                    format!("which year? the book has: {list}"),
                ),
                None => Text::new("이 장부에는 연도가 없음", "the book has no years"),
            };
            let way_out = match years.last() {
                Some(last) => Text::same(format!("wego-ledger {command} {last} --book {}", book.display())),
                None => Text::new(
                    "`2026/year.toml`처럼 연도 폴더를 만들 것",
                    "make a folder for a year, such as `2026/year.toml`",
                ),
            };
            Trouble { message, way_out, lang: None }.into()
        }
    }
}
