//! The data files, as they were when the program was built. A new file is named here and in its edition.

/// Each edition, by name. The first is the default.
pub(super) const EDITIONS: &[(&str, &str)] = &[
    ("nhs-england-2026-27", include_str!("editions/nhs-england-2026-27.toml")),
    ("nhs-england-2025-26", include_str!("editions/nhs-england-2025-26.toml")),
];

macro_rules! series {
    ($($path:literal,)*) => { &[$(($path, include_str!(concat!($path, ".toml"))),)*] };
}

/// Each series, by `publisher/series`.
pub(super) const SERIES: &[(&str, &str)] = series![
    "dhsc/capitalisation",
    "dhsc/pdc-dividend",
    "hm-treasury/appraisal",
    "hm-treasury/discount-rates",
    "hm-treasury/gdp-deflator",
    "hm-treasury/optimism-bias",
    "hmrc/national-insurance",
    "hmrc/vat",
    "it-jobs-watch/contract-rates",
    "nhs-employers/agenda-for-change-2025-26",
    "nhs-employers/agenda-for-change-2026-27",
    "nhs-employers/pay-growth",
    "nhsbsa/pension",
    "nhsbsa/pension-2025-26",
    "obr/consumer-prices",
    "wholelife/defaults",
];
