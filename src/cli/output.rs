//! What leaves the program: stdout, stderr, files written whole or not at all, the exit status.
//!
//! Nothing but the document goes to stdout; findings and messages go to stderr.

use super::flags::{Shared, When};
use super::reading::{self, Opened};
use super::{Checking, Outcome, Report, Trouble, Verdict, interrupted, progress};
use crate::finding::{Findings, Severity};
use crate::ledger::Books;
use crate::read;
use crate::render::{self, Colour, Format, Made, Style};
use crate::report::Behind;
use crate::source::Content;
use crate::table::Lines;
use crate::words::{self, Lang, Text};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
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
        if sight == Sight::Terminal && !report.format.is_text() && !shared.open {
            return Err(no_terminal(report.format, lang).into());
        }
        let width = terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0);
        let fonts = fonts(shared)?;
        let style = Style {
            width: width.filter(|_| sight == Sight::Terminal && !shared.open),
            colour: colour(shared, sight),
            fonts: &fonts,
            ..style
        };
        let lines = if report.format.wants_lines() { lines(&books, shared)? } else { Vec::new() };
        let made = Made { page, books: &books, lines: &lines };
        let mut bytes = Vec::new();
        let unshown = progress::writing(lang, || render::write(&made, report.format, &style, &mut bytes));
        let unshown = unshown.map_err(|error| told(error, shared))?;
        for warning in unshown {
            let word = words::WARNING.label(lang);
            writeln!(io::stderr().lock(), "{word}: {}", warning.label(lang)).or_else(forgive_closed_pipe)?;
        }
        match shared.open {
            true => open(&bytes, page.report, report.format, lang, shared)?,
            false => deliver(&bytes, shared)?,
        }
    }
    let found = report.opened.iter().any(|one| one.findings.count(Severity::Error) > 0);
    let wrong = report.verdict == Verdict::Wrong;
    Ok(ExitCode::from(if found || wrong { FOUND } else { CLEAN }))
}

/// The account lines of each of the books, for a format that shows them. What is wrong with them was found before.
fn lines(books: &[&Books], shared: &Shared) -> anyhow::Result<Vec<Lines>> {
    let of = |books: &&Books| Ok(reading::again(books, shared, || Behind::new(books))?.lines()?);
    books.iter().map(of).collect()
}

/// The fonts that were named.
fn fonts(shared: &Shared) -> anyhow::Result<Vec<Vec<u8>>> {
    let read = |path: &PathBuf| {
        std::fs::read(path).map_err(|error| {
            anyhow::Error::from(Trouble {
                message: Text::new(
                    format!("글꼴을 읽을 수 없음: `{}` ({error})", path.display()),
                    format!("cannot read the font `{}`: {error}", path.display()),
                ),
                way_out: Text::new("`--font`의 파일 이름을 볼 것", "see the name of the file that `--font` gives"),
                lang: None,
            })
        })
    };
    shared.font.iter().map(read).collect()
}

/// Why a page could not be written, and the way out.
fn told(error: render::Error, shared: &Shared) -> anyhow::Error {
    match error {
        render::Error::Font(n) => {
            let name = shared.font.get(n).map(|path| path.display().to_string()).unwrap_or_default();
            Trouble {
                message: Text::new(format!("쓸 수 없는 글꼴: `{name}`"), format!("this font cannot be used: `{name}`")),
                way_out: Text::new(
                    "TrueType나 OpenType 파일(.ttf, .otf)을 고를 것",
                    "choose a TrueType or OpenType file (.ttf, .otf)",
                ),
                lang: None,
            }
            .into()
        }
        render::Error::TooLarge(message) => Trouble {
            message,
            way_out: Text::new(
                "다른 형식으로 하거나 `--depth`로 줄일 것",
                "choose another format, or show less with `--depth`",
            ),
            lang: None,
        }
        .into(),
        render::Error::Io(error) => error.into(),
    }
}

/// A format that is no text, and a terminal.
fn no_terminal(format: Format, lang: Lang) -> Trouble {
    let name = format.name();
    Trouble {
        message: Text::new(
            format!("터미널에 보일 수 없는 형식: {name}"),
            format!("a terminal cannot show this format: {name}"),
        ),
        way_out: Text::new(
            format!("`--output 이름.{name}`으로 파일에 쓰거나 `--open`을 붙일 것"),
            format!("write it into a file with `--output NAME.{name}`, or add `--open`"),
        ),
        lang: Some(lang),
    }
}

/// Writes a document into its file, or one of its own where none was named, and opens that with what opens such files.
fn open(bytes: &[u8], report: &str, format: Format, lang: Lang, shared: &Shared) -> anyhow::Result<()> {
    let named = shared.output.clone().filter(|path| path.as_os_str() != "-");
    let path = match named {
        Some(path) => path,
        None => {
            let folder = tempfile::Builder::new().prefix("wego-ledger-").tempdir()?.keep();
            folder.join(format!("{report}.{}", format.ending()))
        }
    };
    write_whole(&path, bytes).map_err(|error| cannot_write(&path, &error))?;
    // Whatever opens it may fail where nobody sees it.
    let opening = Text::new(format!("여는 파일: `{}`", path.display()), format!("opening `{}`", path.display()));
    writeln!(io::stderr().lock(), "{}", opening.label(lang)).or_else(forgive_closed_pipe)?;
    opener::open(&path).map_err(|error| {
        Trouble {
            message: Text::new(
                format!("열 수 없음: `{}` ({error})", path.display()),
                format!("cannot open `{}`: {error}", path.display()),
            ),
            way_out: Text::new("파일은 쓰였으니 직접 열 것", "the file was written; open it yourself"),
            lang: None,
        }
        .into()
    })
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
    // What may only be read is not to be replaced either, though its folder would allow it.
    if target.metadata().is_ok_and(|about| about.permissions().readonly()) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it may only be read"));
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
    interrupted::held_back(|| {
        // The name of a temporary file is nothing to anybody: why there is none is enough.
        let mut file = builder.tempfile_in(folder).map_err(|error| io::Error::from(error.kind()))?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(&target)?;
        Ok(())
    })
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
