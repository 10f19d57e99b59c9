//! Where reports go: standard output or a file, which is written whole or not at all.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use serde::Serialize;

use polidiff::report::neutral::neutral_lines;
use polidiff::report::table::{Details, Look};
use polidiff::{Error, Result};

use super::Status;
use super::args::{self, Color, Detail, Format, Lang, Output};

/// The columns of a table where no terminal says otherwise.
const WIDTH: usize = 100;
/// Longer lines are hard to read, however wide the terminal is.
const WIDEST: usize = 200;

const BYTE_ORDER_MARK: char = '\u{feff}';

/// Where a report goes and how it looks, with every default decided.
#[derive(Debug)]
pub struct Target {
    /// Its format.
    pub format: Format,
    /// "en" or "zh": the language of its own words.
    pub lang: &'static str,
    /// The file; `None` for standard output.
    path: Option<PathBuf>,
    width: usize,
    color: Color,
}

impl Target {
    /// Decides what the options leave open. `inputs` are the files that the output must not overwrite.
    pub fn new(output: &Output, color: Color, inputs: &[&Path]) -> Result<Target> {
        let path = output.output.clone().filter(|path| path != Path::new("-"));
        let format = match (output.format, &path) {
            (Some(format), _) => format,
            (None, Some(path)) => by_suffix(path)?,
            (None, None) => Format::Table,
        };
        if let Some(path) = &path {
            refuse_to_overwrite(path, inputs)?;
        }
        let lang = output.lang.map_or_else(lang, code);
        Ok(Target {
            format,
            lang,
            width: output.width.map_or_else(|| width(path.is_none()), usize::from),
            path,
            color,
        })
    }

    /// How a table is drawn here.
    pub fn look(&self, details: args::Details) -> Look {
        let color = match (self.color, &self.path) {
            (Color::Always, _) => true,
            (Color::Never, _) | (Color::Auto, Some(_)) => false,
            (Color::Auto, None) => AutoStream::choice(&io::stdout()) != ColorChoice::Never,
        };
        Look { width: self.width, color, details: details.into() }
    }

    /// Writes the report.
    pub fn write(&self, report: &str) -> Result<()> {
        let mut report = report.to_owned();
        if !report.ends_with('\n') {
            report.push('\n');
        }
        match &self.path {
            // A spreadsheet takes a file for UTF-8 only if it begins like this.
            Some(path) if self.format == Format::Csv => {
                to_file(path, format!("{BYTE_ORDER_MARK}{report}").as_bytes())
            }
            Some(path) => to_file(path, report.as_bytes()),
            // Only tables hold escape sequences, and only those that `look` asked for.
            None if self.format == Format::Table => to_standard_output(report.as_bytes(), self.color),
            None => to_standard_output(report.as_bytes(), Color::Always),
        }
    }
}

/// The JSON of a value, for people to read too.
pub fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string_pretty(value).map_err(|e| Error::Content {
        name: "the report".into(),
        what: format!("cannot be written as JSON: {e}"),
        remedy: "another --format".into(),
    })
}

/// What is said where a command has no table that a spreadsheet could take.
pub fn no_csv() -> Error {
    Error::Usage {
        what: "only benchmark writes CSV".into(),
        remedy: "--format json, or polidiff benchmark with the same policies".into(),
    }
}

/// The detail of a Markdown report.
pub fn markdown_limits(detail: &Detail) -> (Details, usize) {
    (detail.details.into(), detail.max_length)
}

/// A report beside an output that takes standard output. Nobody is left to tell if this fails.
pub fn to_standard_error(report: &str) {
    let mut stderr = anstream::stderr().lock();
    let _ = stderr.write_all(report.as_bytes());
}

/// Says on standard error why it could not be done.
pub fn report(failure: &Error) -> Status {
    let mut stderr = anstream::stderr().lock();
    // Messages quote names and entries from files, which must not drive the terminal.
    let message = neutral_lines(&failure.to_string());
    // Nobody is left to tell if this fails too.
    let _ = writeln!(stderr, "\u{1b}[1;31merror:\u{1b}[0m {message}");
    Status::Failed
}

/// Writes all of it. A reader that has seen enough (`| head`) is no error.
pub fn to_standard_output(bytes: &[u8], color: Color) -> Result<()> {
    let choice = match color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    };
    let mut stdout = AutoStream::new(io::stdout(), choice).lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::Write { path: "standard output".into(), why: e.to_string() })
        }
        _ => Ok(()),
    }
}

/// Writes a file beside its place, then renames it: readers see the old one or the new one, never half of it.
pub fn to_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |why: String| Error::Write { path: path.to_owned(), why };
    // A link keeps leading where it led.
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let before = fs::metadata(&place).ok();
    match &before {
        Some(meta) if meta.is_dir() => return Err(failed("it is a folder".into())),
        Some(meta) if meta.permissions().readonly() => return Err(failed("it is write-protected".into())),
        // Devices and named pipes cannot be replaced, only written to.
        Some(meta) if !meta.is_file() => return fs::write(&place, bytes).map_err(|e| failed(e.to_string())),
        _ => {}
    }
    let folder = match place.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return Err(failed(format!("there is no folder {}", folder.display())));
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".polidiff-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What any other program would create here; the umask still applies.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder).map_err(|e| failed(plain(&e)))?;
    file.write_all(bytes).and_then(|()| file.flush()).map_err(|e| failed(plain(&e)))?;
    if let Some(meta) = before {
        file.as_file().set_permissions(meta.permissions()).map_err(|e| failed(plain(&e)))?;
    }
    file.persist(&place).map_err(|e| failed(plain(&e.error)))?;
    Ok(())
}

/// What the system said, without the temporary file's name.
fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        io::ErrorKind::StorageFull => "the disk is full".into(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".into(),
        _ => error.to_string(),
    }
}

fn refuse_to_overwrite(path: &Path, inputs: &[&Path]) -> Result<()> {
    let Ok(place) = fs::canonicalize(path) else { return Ok(()) }; // not there yet
    let same = |input: &&&Path| fs::canonicalize(input).is_ok_and(|input| input == place);
    match inputs.iter().find(same) {
        Some(input) if place.is_file() => Err(Error::Usage {
            what: format!("the output would overwrite the input {}", input.display()),
            remedy: "another name after --output".into(),
        }),
        _ => Ok(()),
    }
}

/// The format that a file's name promises.
fn by_suffix(path: &Path) -> Result<Format> {
    if path.is_dir() {
        return Err(Error::Write { path: path.to_path_buf(), why: "it is a folder, not a file".into() });
    }
    let suffix = path.extension().map(|s| s.to_string_lossy().to_ascii_lowercase());
    match suffix.as_deref() {
        Some("html" | "htm") => Ok(Format::Html),
        Some("md" | "markdown") => Ok(Format::Markdown),
        Some("json") => Ok(Format::Json),
        Some("yaml" | "yml") => Ok(Format::Yaml),
        Some("csv") => Ok(Format::Csv),
        Some("txt") => Ok(Format::Table),
        _ => Err(Error::Usage {
            what: format!("the name {} does not tell the format of the report", path.display()),
            remedy:
                "a name that ends in .html, .md, .json, .yaml, .csv or .txt, or name the format with --format"
                    .into(),
        }),
    }
}

/// "en" or "zh", by the locale.
pub fn lang() -> &'static str {
    code(lang_of(locale().as_deref()))
}

fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en",
        Lang::Zh => "zh",
    }
}

/// The locale as the C library would look it up.
fn locale() -> Option<String> {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
}

fn lang_of(locale: Option<&str>) -> Lang {
    match locale {
        Some(locale) if locale.to_ascii_lowercase().starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    }
}

fn width(to_standard_output: bool) -> usize {
    let terminal = || {
        let stdout = io::stdout();
        let size = stdout.is_terminal().then(|| terminal_size::terminal_size_of(stdout))??;
        Some(usize::from(size.0.0).clamp(40, WIDEST))
    };
    to_standard_output.then(terminal).flatten().unwrap_or(WIDTH)
}

impl From<args::Details> for Details {
    fn from(details: args::Details) -> Details {
        match details {
            args::Details::None => Details::None,
            args::Details::Summary => Details::Summary,
            args::Details::Full => Details::Full,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_tell_the_format() {
        let format = |name: &str| by_suffix(Path::new(name)).ok();
        assert_eq!(format("a.HTML"), Some(Format::Html));
        assert_eq!(format("报告.md"), Some(Format::Markdown));
        assert_eq!(format("a.b.json"), Some(Format::Json));
        assert_eq!(format("a.yml"), Some(Format::Yaml));
        assert_eq!(format("a.txt"), Some(Format::Table));
        assert_eq!(format("a.pdf"), None);
        assert_eq!(format("html"), None);
    }

    #[test]
    fn chinese_locales_are_chinese() {
        assert_eq!(lang_of(Some("zh_CN.UTF-8")), Lang::Zh);
        assert_eq!(lang_of(Some("en_GB.UTF-8")), Lang::En);
        assert_eq!(lang_of(Some("C")), Lang::En);
        assert_eq!(lang_of(None), Lang::En);
    }

    #[test]
    fn files_are_replaced_whole_and_folders_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.md");
        to_file(&path, b"one, long").unwrap();
        to_file(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert!(to_file(folder.path(), b"x").is_err());
        assert!(to_file(&folder.path().join("no/such/report.md"), b"x").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn inputs_are_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("policy.md");
        fs::write(&path, "We collect nothing.").unwrap();
        assert!(refuse_to_overwrite(&folder.path().join("./policy.md"), &[&path]).is_err());
        assert!(refuse_to_overwrite(&folder.path().join("other.md"), &[&path]).is_ok());
    }
}
