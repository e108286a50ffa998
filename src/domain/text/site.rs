//! What people call the site of a link.

/// Sites whose name is not simply their address, each with the names that stand before the last dot of it.
const SITES: [(&str, &[&str]); 18] = [
    ("LinkedIn", &["linkedin", "lnkd"]),
    ("X", &["x", "twitter"]),
    ("GitHub", &["github"]),
    ("GitLab", &["gitlab"]),
    ("Codeberg", &["codeberg"]),
    ("Instagram", &["instagram"]),
    ("Facebook", &["facebook", "fb"]),
    ("Bluesky", &["bsky"]),
    ("Threads", &["threads"]),
    ("YouTube", &["youtube"]),
    ("TikTok", &["tiktok"]),
    ("Telegram", &["telegram", "t"]),
    ("WhatsApp", &["whatsapp", "wa"]),
    ("Signal", &["signal"]),
    ("XING", &["xing"]),
    ("Reddit", &["reddit"]),
    ("Medium", &["medium"]),
    (
        "Mastodon",
        &[
            "mastodon",
            "mstdn",
            "mas",
            "fosstodon",
            "hachyderm",
            "chaos",
            "infosec",
        ],
    ),
];

/// The site of a page: `LinkedIn`, or its host where it has no better known name. `None` for a text that is not a page, such as
/// `@ana`.
///
/// ```
/// use netkeep::domain::text::site;
///
/// assert_eq!(site("https://www.linkedin.com/in/ana").as_deref(), Some("LinkedIn"));
/// assert_eq!(site("acme.example/team").as_deref(), Some("acme.example"));
/// ```
pub fn site(link: &str) -> Option<String> {
    let link = link.trim();
    let scheme = link.split_once("://");
    let is_web = |scheme: &str| {
        ["http", "https"]
            .iter()
            .any(|web| scheme.eq_ignore_ascii_case(web))
    };
    let page = match scheme {
        Some((scheme, page)) if is_web(scheme) => page,
        Some(_) => return None,
        None => link,
    };
    let host = page.split(['/', '?', '#']).next()?.to_lowercase();
    let host = host.strip_suffix(":443").unwrap_or(&host);
    let is_host = host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !host.contains(|c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '@' | ':' | '\\')
        });
    if !is_host {
        return None;
    }
    let host = host.strip_prefix("www.").unwrap_or(host);
    // A page of its own below a site, such as ana.github.example, is better known by its host.
    let own = match host.split_once('.') {
        Some((country, rest)) if country.len() <= 2 && rest.contains('.') => rest,
        Some(("mobile", rest)) if rest.contains('.') => rest,
        _ => host,
    };
    let named = own.split_once('.').filter(|(_, last)| !last.contains('.'));
    let known = |name: &str| SITES.iter().find(|(_, names)| names.contains(&name));
    let site =
        named.and_then(|(name, last)| known(name).filter(|_| last != "io" || name != "github"));
    Some(site.map_or_else(|| host.to_owned(), |(site, _)| (*site).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_has_the_name_that_people_call_it_by_or_its_host() {
        for (link, expected) in [
            (
                "https://www.linkedin.com/in/ana-ruiz-0123456789/",
                Some("LinkedIn"),
            ),
            ("http://de.linkedin.example/in/ana", Some("LinkedIn")),
            ("linkedin.com/in/ana", Some("LinkedIn")),
            ("https://x.com/ana", Some("X")),
            ("https://mobile.twitter.com/ana", Some("X")),
            ("https://mastodon.social/@ana", Some("Mastodon")),
            ("https://hachyderm.io/@ana", Some("Mastodon")),
            ("HTTPS://GitHub.com/ana", Some("GitHub")),
            ("https://ana.github.io", Some("ana.github.io")),
            ("https://github.io", Some("github.io")),
            (
                "https://www.instagram.example/ana?hl=de#top",
                Some("Instagram"),
            ),
            ("https://t.me/ana", Some("Telegram")),
            (
                "https://social.acme.example/ana",
                Some("social.acme.example"),
            ),
            (
                "https://linkedin.acme.example/ana",
                Some("linkedin.acme.example"),
            ),
            ("@ana", None),
            ("ana@hachyderm.io", None),
            ("mailto:ana@acme.example", None),
            ("ftp://acme.example/ana", None),
            ("ana ruiz. on the web", None),
            ("", None),
        ] {
            assert_eq!(site(link).as_deref(), expected, "{link}");
        }
    }
}
