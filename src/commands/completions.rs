mod bash;
mod book;
mod shell;
mod word;

use std::path::Path;

use clap::Args;
use clap_complete::ArgValueCompleter;
use clap_complete::engine::{CompletionCandidate, complete};

use self::shell::Shell;
use self::word::{PUT_IN, Typed, Word};
use super::{help, man, other_name};
use crate::app::{App, program};
use crate::domain::text::shell_words::{ShellLine, command_at, takes_value};
use crate::error::Result;
use crate::render::Text;

/// Write the script for completion in a shell
///
/// It completes commands, options and names. The shell asks netkeep for each word, so the names come from the book: the one on the command line, else the usual
/// one.
#[derive(Args, Debug)]
#[command(before_help = "Examples:\n  netkeep completions bash\n  netkeep completions zsh")]
#[command(after_help = include_str!("help/shells.md"))]
pub(crate) struct CompletionsArgs {
    /// The shell
    shell: Shell,
    /// Bash: the line up to the cursor
    #[arg(long, hide = true, require_equals = true)]
    line: Option<String>,
    /// The word at the cursor, or what bash takes for it
    #[arg(long, hide = true, require_equals = true)]
    word: Option<String>,
    /// Bash: what becomes of the answer, as COMP_TYPE says it
    #[arg(long, hide = true, default_value_t = PUT_IN)]
    kind: u8,
    /// The words before the one at the cursor
    #[arg(last = true, hide = true)]
    before: Vec<String>,
}

/// With the script's own options, completes a word of the `grammar`; without, gives the script.
pub(crate) fn run(app: &mut App, args: &CompletionsArgs, mut grammar: clap::Command) -> Result<()> {
    let Some(word) = &args.word else {
        let script = args.shell.script(&program());
        return Ok(app.out.write_all(script.as_bytes())?);
    };
    grammar.build();
    let line = match &args.line {
        Some(line) => ShellLine::of(line),
        None => ShellLine::unquoted(&args.before, word),
    };
    let mut words = completed(app, &line, grammar)?;
    // A name with a control character is shown escaped, so it cannot be completed.
    words.retain(|word| Text::new(&word.text).plain() == word.text);
    let typed = Typed {
        line: &line,
        word,
        kind: args.kind,
    };
    let answer = args.shell.answer(&words, &typed);
    Ok(app.out.write_all(answer.as_bytes())?)
}

/// The completions of the word at the cursor.
fn completed(app: &mut App, line: &ShellLine, grammar: clap::Command) -> Result<Vec<Word>> {
    app.at(line.value_of("--file"), line.value_of("--today"))?;
    let mut words = meant(app, line, &grammar)?;
    let at = words.len();
    words.push(line.word.clone());
    let words = words.into_iter().map(Into::into).collect();
    let mut grammar = marked(grammar);
    // An error means that nothing can follow here.
    let found = complete(&mut grammar, words, at, Some(Path::new("."))).unwrap_or_default();
    let is_option = line.word.starts_with('-');
    let globals = globals(&grammar, &line.before);
    let (mut completed, mut last) = (Vec::new(), Vec::new());
    for candidate in found.into_iter().filter(|found| !found.is_hide_set()) {
        let id = candidate.get_id().map_or("", String::as_str);
        let value = candidate.get_value().to_string_lossy();
        if let Some(marked) = id.split_once(MARK) {
            // What was typed of an option with its value: `--bucket=`.
            let (option, typed) = value.split_once(MARK).unwrap_or_default();
            // WORDS only follow their equals sign.
            let is_elsewhere = marked.1 == "WORDS" && option.is_empty();
            if is_elsewhere || (typed.starts_with('-') && is_option) {
                continue;
            }
            let words = match marked {
                ("help", "TOPIC") => book::begin(described(help::topics(&grammar)), typed),
                ("man", "PAGE") => book::begin(described(man::names(&grammar)), typed),
                marked => book::words(app, marked, &line.before, typed)?,
            };
            // A person who is named already is not offered again.
            let is_people = matches!(marked.1, "NAME" | "CONTACT" | "OTHER" | "TEXT");
            let is_new = |word: &Word| !is_people || !line.before.contains(&word.text);
            for word in words.into_iter().filter(is_new) {
                completed.push(word.between(option, ""));
            }
        } else if (is_option || !value.starts_with('-')) && value != "." {
            let about = candidate.get_help().map(ToString::to_string);
            let about = about.as_deref().and_then(|about| about.lines().next());
            let word = Word::new(&value).about(about.unwrap_or_default());
            match globals.iter().find(|(option, _)| *option == value) {
                Some((_, true)) => {}
                Some((_, false)) => last.push(word),
                None => completed.push(word),
            }
        }
    }
    completed.extend(last);
    completed.extend(aliases(app, line));
    Ok(completed)
}

/// The options that every command accepts, as they are typed, and whether they do nothing for the command that is typed.
fn globals(grammar: &clap::Command, before: &[String]) -> Vec<(String, bool)> {
    let path = help::path_in(grammar, before);
    let globals = grammar.get_arguments().filter(|arg| arg.is_global_set());
    let forms = globals.flat_map(|arg| {
        let is_idle = help::is_idle(arg.get_id().as_str(), &path);
        let long = arg.get_long().map(|long| format!("--{long}"));
        let short = arg.get_short().map(|short| format!("-{short}"));
        [long, short]
            .into_iter()
            .flatten()
            .map(move |form| (form, is_idle))
    });
    forms.collect()
}

fn described(names: Vec<(String, String)>) -> impl Iterator<Item = Word> {
    let names = names.into_iter();
    names.map(|(name, about)| Word::new(&name).about(&about))
}

/// The words before the cursor, with those of an alias in its place.
fn meant(app: &App, line: &ShellLine, grammar: &clap::Command) -> Result<Vec<String>> {
    let mut words = line.before.clone();
    let is_command = |at: &usize| grammar.find_subcommand(&words[*at]).is_some();
    if let Some(at) = command_at(&words).filter(|at| !is_command(at)) {
        let command = app.alias(&words[at])?;
        if let Some(command) = command.or_else(|| other_name(&words[at])) {
            words.splice(at..=at, command);
        }
    }
    Ok(words)
}

/// The aliases that the word at the cursor may become, if a command can stand there.
fn aliases(app: &App, line: &ShellLine) -> Vec<Word> {
    let is_value = line.before.last().is_some_and(|last| takes_value(last));
    if is_value || command_at(&line.before).is_some() {
        return vec![];
    }
    // Commands complete even if the book cannot be read.
    let aliases = app.aliases().unwrap_or_default().into_iter();
    let begun = aliases.filter(|(name, _)| name.starts_with(&line.word));
    let word = |(name, command): (String, Vec<String>)| Word::new(&name).about(&command.join(" "));
    begun.map(word).collect()
}

/// The separator between an option and its value, and in a mark between a command and the name of a value.
const MARK: char = '\0';

/// The grammar, with a mark for each value that the book has words for: the command and the name of the value.
fn marked(command: clap::Command) -> clap::Command {
    let name = command.get_name().to_owned();
    command
        .mut_args(|arg| {
            let value = arg.get_value_names().and_then(|names| names.first());
            let Some(value) = value.filter(|value| book::has_words(&name, value)) else {
                return arg;
            };
            let mark = format!("{name}{MARK}{value}");
            arg.add(ArgValueCompleter::new(move |typed: &std::ffi::OsStr| {
                let typed = typed.to_string_lossy();
                let candidate = CompletionCandidate::new(format!("{MARK}{typed}"));
                vec![candidate.id(Some(mark.clone()))]
            }))
        })
        .mut_subcommands(marked)
}
