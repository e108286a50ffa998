//! The list of commands, and what clap makes of it.

/// Makes `Command` of the commands, their arguments and their names. What [`clap::Subcommand`] would derive, but the grammar of a
/// command is made when it is the one that was typed: that of all of them takes longer than the start of a process.
macro_rules! commands {
    ($($variant:ident($module:ident::$args:ident) = $name:literal,)*) => {
        #[derive(Debug)]
        pub(crate) enum Command {
            $($variant($module::$args),)*
        }

        impl Command {
            /// Its name, by which the history knows it too.
            pub(crate) fn name(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => $name,)*
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
}
