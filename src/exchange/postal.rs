//! Postal addresses.

use super::clean::{one_line, plain};

#[derive(Clone, Debug, Default)]
pub(super) struct Postal {
    pub(super) street: Vec<String>,
    pub(super) city: String,
    pub(super) region: String,
    pub(super) code: String,
    pub(super) country: String,
    /// `home`, `work` ...
    pub(super) label: String,
}

impl Postal {
    /// Whether it has only the parts that netkeep writes.
    pub(super) fn is_own(&self) -> bool {
        self.street.len() < 2 && self.is_short()
    }

    /// Whether it has only a street and a city, which are separate fields in the book.
    fn is_short(&self) -> bool {
        let others = [&self.region, &self.code, &self.country];
        others.iter().all(|part| part.trim().is_empty())
    }

    /// The address and the city as netkeep wrote them.
    pub(super) fn as_written(&self) -> (String, String) {
        let street = self.street.first().map(|street| plain(street));
        (street.unwrap_or_default(), plain(&self.city))
    }

    /// The address on one line, and the city.
    pub(super) fn in_a_line(&self) -> (String, String) {
        let [city, region, code, country] =
            [&self.city, &self.region, &self.code, &self.country].map(|part| one_line(part));
        let mut parts: Vec<String> = Vec::new();
        for line in self.street.iter().flat_map(|part| part.lines()) {
            parts.push(one_line(line).trim_end_matches([',', ' ']).to_owned());
        }
        if !self.is_short() {
            parts.push(format!("{code} {city}").trim().to_owned());
            parts.extend([region, country]);
        }
        let mut seen: Vec<String> = Vec::new();
        for part in parts {
            if !part.is_empty() && !seen.contains(&part) {
                seen.push(part);
            }
        }
        (seen.join(", "), city)
    }

    /// The whole address on one line.
    pub(super) fn whole(&self) -> String {
        let (address, city) = self.in_a_line();
        match (self.is_short(), address.is_empty(), city.is_empty()) {
            (true, false, false) => format!("{address}, {city}"),
            (true, true, false) => city,
            _ => address,
        }
    }

    /// `home`, `work` ..., else `other`.
    pub(super) fn label(&self) -> String {
        let label = one_line(&self.label).to_lowercase();
        if label.is_empty() {
            "other".to_owned()
        } else {
            label
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::draft::ContactDraft;
    use super::*;

    #[test]
    fn an_address_is_one_line_and_more_go_to_the_notes() {
        let mut draft = ContactDraft::default();
        let text = str::to_owned;
        let home = Postal {
            street: vec![text("4 rue des Tanneurs\nétage 2")],
            city: text("Lyon"),
            code: text("69005"),
            country: text("FR"),
            ..Postal::default()
        };
        draft.address(&home);
        draft.address(&Postal {
            street: vec![text("9 Elm")],
            city: text("Springfield"),
            label: text("WORK"),
            ..Postal::default()
        });
        assert_eq!(
            draft.contact.address.as_deref(),
            Some("4 rue des Tanneurs, étage 2, 69005 Lyon, FR")
        );
        assert_eq!(draft.contact.city.as_deref(), Some("Lyon"));
        assert_eq!(
            draft.extras,
            [(text("Address (work)"), text("9 Elm, Springfield"))]
        );
    }
}
