//! The shapes of charts. They have no words in them but their title and description: those scale with nothing, and wrap.

use std::fmt::Write;

use super::html::{Element, element};

/// A chart: its `title` says what is drawn, and its description `desc` what is to be seen. `id` is its own in the page.
pub(super) fn chart(id: &str, title: &str, desc: &str) -> Element {
    element("svg")
        .with("role", "img")
        .with("aria-labelledby", format!("{id}-title {id}-desc"))
        .add(
            element("title")
                .with("id", format!("{id}-title"))
                .text(title),
        )
        .add(element("desc").with("id", format!("{id}-desc")).text(desc))
}

/// A rectangle; a width in percent follows that of the page.
pub(super) fn rect(class: &'static str, x: &str, y: &str, width: &str, height: &str) -> Element {
    element("rect")
        .class(class)
        .with("x", x)
        .with("y", y)
        .with("width", width)
        .with("height", height)
}

/// A coordinate with one decimal at most: nobody sees more.
pub(super) fn coordinate(number: f64) -> String {
    let rounded = format!("{number:.1}");
    let short = rounded.strip_suffix(".0").unwrap_or(&rounded);
    if short == "-0" { "0" } else { short }.to_owned()
}

/// A part of a whole in percent of the width, between nothing and all.
pub(super) fn percent_of(part: f64, whole: f64) -> String {
    let percent = if whole > 0.0 {
        part / whole * 100.0
    } else {
        0.0
    };
    coordinate(percent.clamp(0.0, 100.0)) + "%"
}

/// The path of squares of a size, by their upper left corners.
pub(super) fn squares(corners: &[(usize, usize)], size: usize) -> String {
    let mut path = String::new();
    for (x, y) in corners {
        write!(path, "M{x} {y}h{size}v{size}h-{size}z").expect("writing to a string does not fail");
    }
    path
}

/// The path of an area between the bottom, at `height`, and these points.
pub(super) fn area(points: &[(f64, f64)], height: f64) -> String {
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return String::new();
    };
    let bottom = coordinate(height);
    let mut path = format!("M{} {bottom}", coordinate(first.0));
    for (x, y) in points {
        write!(path, "L{} {}", coordinate(*x), coordinate(*y))
            .expect("writing to a string does not fail");
    }
    write!(path, "L{} {bottom}z", coordinate(last.0)).expect("writing to a string does not fail");
    path
}

#[cfg(test)]
mod tests {
    use super::super::html::Markup;
    use super::*;

    #[test]
    fn a_chart_is_named_by_its_title_and_description() {
        let chart = chart("days", "Touches", "3 < 4").add(rect(
            "bar",
            "0",
            "2",
            &percent_of(1.0, 3.0),
            "8",
        ));
        assert_eq!(
            Markup::from(chart).into_string(),
            "<svg role=\"img\" aria-labelledby=\"days-title days-desc\"><title id=\"days-title\">Touches</title>\
             <desc id=\"days-desc\">3 &lt; 4</desc>\
             <rect class=\"bar\" x=\"0\" y=\"2\" width=\"33.3%\" height=\"8\"></rect></svg>"
        );
    }

    #[test]
    fn coordinates_are_short() {
        let all = [0.0, -0.01, 12.04, 12.06, 100.0].map(coordinate);
        assert_eq!(all, ["0", "0", "12", "12.1", "100"]);
        assert_eq!(percent_of(5.0, 0.0), "0%");
        assert_eq!(percent_of(7.0, 2.0), "100%");
        assert_eq!(
            squares(&[(0, 12), (12, 24)], 10),
            "M0 12h10v10h-10zM12 24h10v10h-10z"
        );
        assert_eq!(area(&[(0.0, 3.0), (4.0, 1.25)], 8.0), "M0 8L0 3L4 1.2L4 8z");
        assert_eq!(area(&[], 8.0), "");
    }
}
