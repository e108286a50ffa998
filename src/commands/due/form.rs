//! Forms of the answer for other programs.

use crate::app::App;
use crate::domain::Book;
use crate::domain::due::rule::Standing;
use crate::domain::planning::week::WeekPlan;
use crate::error::Result;
use crate::render::terminal::template::Template;
use crate::render::views::waybar::waybar;

/// What `--format` asks for.
pub(super) enum Form {
    /// The JSON of a status bar. No template is called so, since one has a field in it.
    Waybar,
    /// A line for each.
    Lines(Template),
}

impl Form {
    pub(super) fn of(typed: &str) -> Result<Self> {
        Ok(match typed {
            "waybar" => Self::Waybar,
            template => Self::Lines(template.parse()?),
        })
    }

    pub(super) fn write(
        &self,
        app: &mut App,
        book: &Book,
        plan: &WeekPlan,
        listed: &[Standing],
    ) -> Result<()> {
        let today = app.today;
        match self {
            Self::Waybar => waybar(&mut app.out, book, plan, listed, today)?,
            Self::Lines(template) => template.lines(&mut app.out, book, listed, today)?,
        }
        Ok(())
    }
}
