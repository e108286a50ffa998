//! Makes `Command` of the list of commands: the enum, its grammar for clap, and which function runs each. Parses arguments that
//! take one of a few values.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// Makes `Command` of rows of a variant, its arguments, its name and what it does to the book: `reads`, `writes`, `by_args`
/// (the arguments say which: `writes(&self)`), `asks` (it writes what is answered, and has no answer in JSON), or `explains` (it reads the grammar of netkeep itself, which `run` takes as its
/// last argument, and has no answer in JSON).
///
/// This is what [`clap::Subcommand`] would derive, except that the grammar of a command is only built when that command is
/// typed: building all of them takes longer than starting the process.
macro_rules! commands {
    ($($variant:ident($module:ident::$args:ident) = $name:literal $mode:ident,)*) => {
        #[derive(Debug)]
        pub(crate) enum Command {
            $($variant($module::$args),)*
        }

        /// What each command does to the book.
        const MODES: &[(&str, Mode)] = &[$(($name, commands!(@mode $mode)),)*];

        impl Command {
            /// The name that is typed, which the history records too.
            pub(crate) fn name(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => $name,)*
                }
            }

            /// Whether it may change the book.
            pub(crate) fn writes(&self) -> bool {
                match self {
                    $(Self::$variant(_args) => commands!(@writes $mode _args),)*
                }
            }

            fn answers_in_json(&self) -> bool {
                match self {
                    $(Self::$variant(_) => commands!(@json $mode),)*
                }
            }

            /// Runs it; `grammar` builds the grammar of netkeep as a whole.
            pub(crate) fn run(&self, app: &mut App, grammar: fn() -> clap::Command) -> Result<()> {
                if app.json && !self.answers_in_json() {
                    return Err(Error::usage(
                        format!("`{}` does not answer in JSON", self.name()),
                        "leave `--json` out; `netkeep help scripting` says what the others answer",
                    ));
                }
                match self {
                    $(Self::$variant(args) => commands!(@run $mode $module app args grammar),)*
                }
            }
        }

        impl clap::Subcommand for Command {
            fn augment_subcommands(command: clap::Command) -> clap::Command {
                let later = |name: &'static str, grammar| clap::Command::new(name).defer(grammar);
                command$(.subcommand(later($name, <$module::$args as clap::Args>::augment_args)))*
            }

            fn augment_subcommands_for_update(command: clap::Command) -> clap::Command {
                Self::augment_subcommands(command)
            }

            fn has_subcommand(name: &str) -> bool {
                [$($name),*].contains(&name)
            }
        }

        impl clap::FromArgMatches for Command {
            fn from_arg_matches(matches: &clap::ArgMatches) -> Result<Self, clap::Error> {
                match matches.subcommand() {
                    $(Some(($name, matches)) => {
                        Ok(Self::$variant($module::$args::from_arg_matches(matches)?))
                    })*
                    _ => Err(clap::Error::new(clap::error::ErrorKind::MissingSubcommand)),
                }
            }

            fn update_from_arg_matches(&mut self, matches: &clap::ArgMatches) -> Result<(), clap::Error> {
                *self = Self::from_arg_matches(matches)?;
                Ok(())
            }
        }
    };
    (@mode reads) => { Mode::Reads };
    (@mode writes) => { Mode::Writes };
    (@mode by_args) => { Mode::ByArgs };
    (@mode asks) => { Mode::Asks };
    (@mode explains) => { Mode::Explains };
    (@writes writes $args:ident) => { true };
    (@writes asks $args:ident) => { true };
    (@writes by_args $args:ident) => { $args.writes() };
    (@writes $mode:ident $args:ident) => { false };
    (@json asks) => { false };
    (@json explains) => { false };
    (@json $mode:ident) => { true };
    (@run explains $module:ident $app:ident $args:ident $grammar:ident) => {
        $module::run($app, $args, $grammar())
    };
    (@run $mode:ident $module:ident $app:ident $args:ident $grammar:ident) => {
        $module::run($app, $args)
    };
}

/// What a command does to the book.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Mode {
    Reads,
    Writes,
    ByArgs,
    Asks,
    Explains,
}

/// A value that an argument takes: as it is typed, its help (empty for none), and what it means.
pub(super) type ArgValue<T> = (&'static str, &'static str, T);

/// Parses an argument that takes one of these values.
pub(super) fn one_of<T: Copy + Send + Sync + 'static, const N: usize>(
    values: [ArgValue<T>; N],
) -> impl TypedValueParser<Value = T> {
    let known = values.map(|(name, help, _)| {
        let help = (!help.is_empty()).then_some(help);
        PossibleValue::new(name).help(help)
    });
    PossibleValuesParser::new(known).map(move |typed| {
        let value = values.iter().find(|(name, ..)| *name == typed);
        value.expect("only these are accepted").2
    })
}
