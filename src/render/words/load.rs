//! What the cadences ask for, against the week, in words.

use super::days;
use crate::domain::planning::forecast::{Forecast, ForecastGroup, Stretched, Verdict};

/// Whether the week holds what the cadences ask for; `far` says where to see how far they stretch: `to what it COMES TO`.
pub(crate) fn verdict(forecast: &Forecast, far: &str) -> String {
    let (asks, did, size) = (forecast.asks(), forecast.did(), forecast.size);
    let asked = format!("The week holds {size}, and the cadences ask for {asks:.1}");
    let did = if did > 0.0 {
        format!("; over the last twelve weeks you did {did:.1}")
    } else {
        String::new()
    };
    let stretches = format!("each stretches {far}");
    let verdict = match forecast.verdict {
        Verdict::Fits => "they fit",
        Verdict::FitsButForSome => "a bucket without a share never gets a turn, and the others fit",
        Verdict::Stretches => &stretches,
        Verdict::FriendlyAlone => "friendly people alone ask for more than it holds",
    };
    format!("{asked}: {verdict}{did}")
}

/// How many people a week carries in each bucket: `clients 22 (size 25)`.
pub(crate) fn carries(forecast: &Forecast) -> Vec<String> {
    let carries = forecast.groups.iter().filter_map(|group| {
        let size = group.holds.map(|size| format!(" (size {size})"));
        let people = group.carries?;
        Some(format!(
            "{} {people}{}",
            group.bucket?,
            size.unwrap_or_default()
        ))
    });
    carries.collect()
}

/// What a cadence comes to in a full week: `6 weeks`, `1.5 times`, `never`; nothing where the week is large enough.
pub(crate) fn comes_to(group: &ForecastGroup) -> String {
    match group.stretched {
        None => String::new(),
        Some(Stretched::Days(days)) => days::distance(days),
        Some(Stretched::Times(times)) => format!("{times:.1} times"),
        Some(Stretched::Never) => "never".to_owned(),
    }
}
