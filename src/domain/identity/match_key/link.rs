//! Pages, in the form in which they are compared.

use crate::domain::text::caseless;
use crate::domain::text::percent::decoded;

/// A page in the form in which it is compared: without the scheme, `www.`, a country's host and tracking (`utm_source`,
/// `fbclid`). `None` for the front page of a site, which everyone in a firm shares, and for a text that is not a page.
pub(crate) fn link(page: &str) -> Option<String> {
    let page = page.trim();
    let scheme = page.split_once("://");
    let scheme = scheme.filter(|(scheme, _)| scheme.chars().all(char::is_alphanumeric));
    let page = scheme.map_or(page, |(_, rest)| rest);
    let end = page.find(['?', '#']).unwrap_or(page.len());
    let (page, rest) = page.split_at(end);
    let [page, rest] = [page, rest].map(|part| caseless(&decoded(part)));
    let (host, path) = page.trim_end_matches('/').split_once('/')?;
    if !host.contains('.') || matches!(path, "" | "in" | "index.html" | "index.php") {
        return None;
    }
    if host != "linkedin.com" && !host.ends_with(".linkedin.com") {
        let host = host.strip_prefix("www.").unwrap_or(host);
        return Some(format!("{host}/{path}{}", telling(&rest)));
    }
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    Some(match (parts.next(), parts.next()) {
        (Some("in"), Some(name)) => format!("{LINKEDIN}in/{name}"),
        _ => format!("{LINKEDIN}{path}{}", telling(&rest)),
    })
}

const LINKEDIN: &str = "linkedin.com/";

/// Whether a page, in that form, is a personal profile at LinkedIn, where everyone has only one.
pub(crate) fn is_profile(link: &str) -> bool {
    link.strip_prefix(LINKEDIN)
        .is_some_and(|page| page.starts_with("in/"))
}

/// The host of a page, in that form.
pub(crate) fn host(link: &str) -> &str {
    link.split('/').next().unwrap_or_default()
}

/// The part of `?id=7&utm_source=x#top` that identifies a page.
fn telling(rest: &str) -> String {
    const FROM: [&str; 8] = [
        "fbclid", "gclid", "trk", "ref", "igshid", "mibextid", "lang", "locale",
    ];
    let (query, place) = rest.split_once('#').unwrap_or((rest, ""));
    let is_telling = |part: &&str| {
        let name = part.split('=').next().unwrap_or_default();
        !part.is_empty() && !name.starts_with("utm_") && !FROM.contains(&name)
    };
    let mut parts: Vec<&str> = query.trim_start_matches('?').split('&').collect();
    parts.retain(|part| is_telling(part));
    parts.sort_unstable();
    let marked = |mark: char, text: String| {
        let text = text.trim_end_matches('/');
        Some(format!("{mark}{text}")).filter(|_| !text.is_empty())
    };
    [marked('?', parts.join("&")), marked('#', place.to_owned())]
        .into_iter()
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_the_same_however_it_is_written() {
        let same = "linkedin.com/in/tobias-angstrom-77";
        for page in [
            "https://www.linkedin.com/in/tobias-%C3%A5ngstr%C3%B6m-77",
            "http://se.linkedin.com/in/tobias-ångström-77/?trk=x",
            "linkedin.com/in/Tobias-Ångström-77",
        ] {
            assert_eq!(link(page).as_deref(), Some(same), "{page}");
        }
        for page in [
            "https://social.example/profile.php?id=7&utm_source=mail",
            "http://www.social.example/profile.php?fbclid=x&id=7#",
        ] {
            let same = "social.example/profile.php?id=7";
            assert_eq!(link(page).as_deref(), Some(same), "{page}");
        }
        assert_ne!(link("a.example/team#ana"), link("a.example/team#bo"));
        for (one, other) in [
            (
                "https://social.example/profile.php?id=1",
                "https://social.example/profile.php?id=2",
            ),
            (
                "linkedin.com/profile/view?id=111",
                "linkedin.com/profile/view?id=222",
            ),
            ("linkedin.com/in//ana", "linkedin.com/in//bo"),
            ("a.example/go?u=https://b.example/x", "https://b.example/x"),
        ] {
            assert!(link(one).is_some() && link(one) != link(other), "{one}");
        }
        assert!(is_profile("linkedin.com/in/ana") && !is_profile("linkedin.com/company/acme"));
        assert_eq!(
            link("https://de.linkedin.com/in/ana/en?trk=x").as_deref(),
            Some("linkedin.com/in/ana")
        );
        for none in [
            "https://www.linkedin.com/in/",
            "acme.example",
            "http://a.example/",
            "ana",
            "",
        ] {
            assert_eq!(link(none), None, "{none}");
        }
        assert_eq!(link("a.example/%zz%4").as_deref(), Some("a.example/%zz%4"));
    }
}
