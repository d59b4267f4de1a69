//! What leaves the program: stdout, stderr, files written whole or not at all, the exit status.
//!
//! Nothing but the document goes to stdout; findings and messages go to stderr.

use super::flags::{Shared, When};
use super::reading::Opened;
use super::{Checking, Outcome, Report, Trouble, Verdict};
use crate::finding::{Findings, Severity};
use crate::ledger::Books;
use crate::read;
use crate::render::{self, Colour, Style};
use crate::source::Content;
use crate::words::{self, Text};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

/// Nothing is wrong.
const CLEAN: u8 = 0;
/// There are findings of the level of an error.
const FOUND: u8 = 1;
/// It could not be done.
const NOT_DONE: u8 = 2;

/// Writes what a command has to say, and tells the exit status.
pub(super) fn finish(outcome: &Outcome, shared: &Shared) -> anyhow::Result<ExitCode> {
    match outcome {
        Outcome::Report(report) => finish_report(report, shared),
        Outcome::Checked(checking) => finish_check(checking, shared),
        Outcome::Bytes(bytes) => {
            deliver(bytes, shared)?;
            Ok(ExitCode::from(CLEAN))
        }
        Outcome::Said(text) => {
            writeln!(io::stderr().lock(), "{}", text.label(shared.early_lang()))?;
            Ok(ExitCode::from(CLEAN))
        }
    }
}

fn finish_report(report: &Report, shared: &Shared) -> anyhow::Result<ExitCode> {
    let books: Vec<&Books> = report.opened.iter().map(|one| &one.books).collect();
    let Some(first) = books.first() else { return Ok(ExitCode::from(CLEAN)) };
    let plain = Style::plain(&first.year.presentation);
    let lang = shared.lang.unwrap_or(plain.lang);
    let style = Style { lang, shown: report.shown, bom: shared.bom(), ..plain };
    say_findings(report, &style, shared)?;
    if let Some(page) = &report.page {
        spare_the_book(&books, shared)?;
        let sight = if shared.output.is_none() { Sight::of(&io::stdout()) } else { Sight::Elsewhere };
        let width = terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0);
        let style = Style { width: width.filter(|_| sight == Sight::Terminal), colour: colour(shared, sight), ..style };
        let mut bytes = Vec::new();
        render::write(page, &books, report.format, &style, &mut bytes)?;
        deliver(&bytes, shared)?;
    }
    let found = report.opened.iter().any(|one| one.findings.count(Severity::Error) > 0);
    let wrong = report.verdict == Verdict::Wrong;
    Ok(ExitCode::from(if found || wrong { FOUND } else { CLEAN }))
}

fn finish_check(checking: &Checking, shared: &Shared) -> anyhow::Result<ExitCode> {
    let Some((first, _)) = checking.years.first() else { return Ok(ExitCode::from(CLEAN)) };
    let books: Vec<&Books> = checking.years.iter().map(|(books, _)| books).collect();
    spare_the_book(&books, shared)?;
    let sight = if shared.output.is_none() { Sight::of(&io::stdout()) } else { Sight::Elsewhere };
    let plain = Style::plain(&first.year.presentation);
    let style = Style { lang: shared.lang.unwrap_or(plain.lang), colour: colour(shared, sight), ..plain };
    let years: Vec<(&Books, &Findings)> = checking.years.iter().map(|(books, findings)| (books, findings)).collect();
    let mut bytes = Vec::new();
    render::findings(&years, &checking.about, &checking.report, checking.format, &style, &mut bytes)?;
    deliver(&bytes, shared)?;
    Ok(ExitCode::from(if checking.report.fails() { FOUND } else { CLEAN }))
}

/// A report must not take the place of a file that it was made from.
fn spare_the_book(books: &[&Books], shared: &Shared) -> anyhow::Result<()> {
    let Some(target) = shared.output.as_ref().and_then(|path| path.canonicalize().ok()) else { return Ok(()) };
    let is_target = |content: &Content| match content {
        Content::File(path) => path.canonicalize().is_ok_and(|path| path == target),
        Content::Bytes(_) => false,
    };
    let mut sources = books.iter().flat_map(|books| books.sources.iter());
    if sources.any(|(_, source)| is_target(&source.content)) {
        let name = target.display();
        return Err(Trouble {
            message: Text::new(
                format!("장부의 파일이라 덮어쓰지 않음: `{name}`"),
                format!("this is a file of the book, it was not overwritten: `{name}`"),
            ),
            way_out: Text::new("다른 이름으로 저장할 것", "choose another name"),
            lang: books.first().map(|books| books.year.presentation.language),
        }
        .into());
    }
    Ok(())
}

fn say_findings(report: &Report, style: &Style<'_>, shared: &Shared) -> anyhow::Result<()> {
    let style = Style { colour: colour(shared, Sight::of(&io::stderr())), ..*style };
    let mut err = BufWriter::new(io::stderr().lock());
    let mut said = Ok(());
    for Opened { books, findings } in &report.opened {
        said = said.and_then(|()| render::snippets(findings, &books.sources, &style, &mut err));
    }
    if let Some(remark) = &report.remark {
        writeln!(err, "{}", remark.label(style.lang)).or_else(forgive_closed_pipe)?;
    }
    said.and_then(|()| err.flush()).or_else(forgive_closed_pipe)?;
    Ok(())
}

/// What a stream ends in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sight {
    /// A terminal, where somebody looks.
    Terminal,
    /// A file or a pipe.
    Elsewhere,
}

impl Sight {
    fn of(stream: &impl IsTerminal) -> Sight {
        if stream.is_terminal() { Sight::Terminal } else { Sight::Elsewhere }
    }
}

fn colour(shared: &Shared, sight: Sight) -> Colour {
    let unwanted = || std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    match (shared.color, sight) {
        (When::Always, _) => Colour::On,
        (When::Auto, Sight::Terminal) if !unwanted() => Colour::On,
        (When::Auto | When::Never, _) => Colour::Off,
    }
}

/// Writes a document to stdout, or to the file that was named.
fn deliver(bytes: &[u8], shared: &Shared) -> anyhow::Result<()> {
    match &shared.output {
        Some(path) if path.as_os_str() != "-" => {
            write_whole(path, bytes).map_err(|error| cannot_write(path, &error))?
        }
        _ => {
            let mut out = io::stdout().lock();
            out.write_all(bytes).and_then(|()| out.flush()).or_else(forgive_closed_pipe)?;
        }
    }
    Ok(())
}

/// A file or folder that cannot be written.
pub(super) fn cannot_write(path: &Path, error: &io::Error) -> Trouble {
    Trouble {
        message: Text::new(
            format!("쓸 수 없음: `{}` ({error})", path.display()),
            format!("cannot write `{}`: {error}", path.display()),
        ),
        way_out: Text::new(
            "폴더가 있는지, 쓸 권한이 있는지 볼 것",
            "see whether its folder is there and may be written to",
        ),
        lang: None,
    }
}

/// Writes a file whole or not at all: beside its place first, then moved there.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A pipe or a device has no place to be moved to.
    if path.metadata().is_ok_and(|about| !about.is_file() && !about.is_dir()) {
        return std::fs::write(path, bytes);
    }
    // Where the name is a link, the file it leads to is replaced, not the link.
    let target = match path.canonicalize() {
        Ok(target) => target,
        Err(error) if path.is_symlink() => return Err(error),
        Err(_) => path.to_owned(),
    };
    if target.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".wego-ledger-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any new file: the umask takes away what it should.
        let kept = target.metadata().map_or(0o666, |about| about.permissions().mode());
        builder.permissions(std::fs::Permissions::from_mode(kept));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(&target)?;
    Ok(())
}

/// Somebody closed the pipe because they had seen enough.
fn forgive_closed_pipe(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) }
}

/// Says what kept the program from doing what it was asked.
pub(super) fn fail(error: &anyhow::Error, shared: &Shared) -> ExitCode {
    let told = error.downcast_ref::<Trouble>().and_then(|trouble| trouble.lang);
    let lang = shared.lang.or(told).unwrap_or_else(|| shared.early_lang());
    let (message, way_out) = if let Some(trouble) = error.downcast_ref::<Trouble>() {
        (trouble.message.clone(), Some(trouble.way_out.clone()))
    } else if let Some(error) = error.downcast_ref::<read::Error>() {
        let (message, way_out) = error.texts();
        (message, Some(way_out))
    } else {
        (Text::same(format!("{error:#}")), None)
    };
    let word = words::ERROR.label(lang);
    let mut err = io::stderr().lock();
    // There is nobody left to tell where even this fails.
    let _ = writeln!(err, "{word}: {}", message.label(lang));
    if let Some(way_out) = way_out {
        let _ = writeln!(err, "  = {}", way_out.label(lang));
    }
    ExitCode::from(NOT_DONE)
}
