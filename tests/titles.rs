//! Titles and sentences claim what the figures say: every superlative and comparison in the title of every chart of every
//! shipped scenario, of the gallery and of the cases below is taken apart and worked out again from the figures.
//!
//! A title of a form that isn't known here fails: a new form needs its own check.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use wholelife::appraisal::Payback;
use wholelife::chart::Chart;
use wholelife::id::OptionId;
use wholelife::report::{self, Case};
use wholelife::scenario::{self, Request};
use wholelife::uncertainty::{
    Axis, Estimated, Measure, Order, Range, Simulation, bridge, grid, may_vary, sensitivity, simulate,
};

use crate::shared::{Scenario, gallery, shipped};

fn case_of(name: &str, text: &str, folder: &Path) -> Case {
    let tables = |table: &str| fs::read(folder.join(table)).map_err(|error| error.to_string());
    let reading = scenario::read(&Request { name, text, set: &[], tables: &tables });
    Case::new(reading.scenario.unwrap_or_else(|| panic!("{name} has faults: {:?}", reading.diagnostics)))
}

/// Years of equal cost, options of equal cost, a baseline dearer than all, more options than two.
const CASES: [(&str, &str); 4] = [
    (
        "two and a baseline, each year the same",
        r#"
        [option.baseline]
        name = "Business as usual"
        cost.z = { amount = "£900k a year" }
        [option.a]
        name = "Ash"
        cost.x = { amount = { low = "£90k a year", likely = "£100k a year", high = "£150k a year" } }
        [option.b]
        name = "Birch"
        cost.x = { amount = "£200k a year" }
        "#,
    ),
    (
        "three, two of them equal and least",
        r#"
        [option.baseline]
        name = "Business as usual"
        cost.z = { amount = "£50k a year" }
        [option.a]
        name = "Ash"
        cost.x = { amount = "£200k a year" }
        [option.b]
        name = "Birch"
        cost.x = { amount = "£100k a year" }
        [option.c]
        name = "Cedar"
        cost.x = { amount = "£100k a year" }
        "#,
    ),
    (
        "three without a baseline, the lowest changes",
        r#"
        [option.a]
        name = "Ash"
        cost.x = { amount = { low = "£90k a year", likely = "£100k a year", high = "£150k a year" } }
        [option.b]
        name = "Birch"
        cost.x = { amount = "£350k", from = "2026-04" }
        [option.c]
        name = "Cedar"
        cost.x = { amount = "£20bn a year" }
        "#,
    ),
    (
        "two that cost the same",
        r#"
        [option.a]
        name = "Ash"
        cost.x = { amount = "£100k a year" }
        [option.b]
        name = "Birch"
        cost.y = { amount = "£100k a year" }
        "#,
    ),
];

fn cases() -> Vec<(String, Case)> {
    let of = |scenario: &Scenario| {
        let path = scenario.folder.join(format!("{}.toml", scenario.name));
        let text = fs::read_to_string(path).expect("a scenario");
        (scenario.name.clone(), case_of(&scenario.name, &text, &scenario.folder))
    };
    let shipped: Vec<Scenario> = shipped().iter().map(|name| Scenario::shipped(name)).collect();
    let mut cases: Vec<_> = shipped.iter().chain(&gallery()).map(of).collect();
    assert!(cases.len() > 10, "the shipped scenarios and the gallery");
    for (name, options) in CASES {
        let text = format!(
            "[programme]\nname = \"Trees\"\nstart = \"2026-04\"\nyears = 5\n[index.general]\ngrowth = \"0%\"\n{options}"
        );
        cases.push((name.to_owned(), case_of(name, &text, Path::new("."))));
    }
    cases
}

/// A title in which the names of options are tokens, so that it can be cut at words.
struct Title<'a> {
    case: &'a Case,
    text: String,
}

type Options = BTreeSet<usize>;

impl<'a> Title<'a> {
    fn of(case: &'a Case, chart: &Chart) -> Self {
        Self::text(case, &chart.title)
    }

    fn text(case: &'a Case, text: &str) -> Self {
        let mut names: Vec<(usize, &str)> =
            case.scenario.options.iter().enumerate().map(|(n, o)| (n, o.name.as_str())).collect();
        names.sort_by_key(|(_, name)| std::cmp::Reverse(name.len()));
        let text =
            names.iter().fold(text.to_owned(), |text, (n, name)| text.replace(name, &format!("<{n}>")));
        Self { case, text }
    }

    fn fail(&self, why: &str) -> ! {
        panic!("\"{}\": {why}", self.text)
    }

    fn is(&self, holds: bool, why: &str) {
        if !holds {
            self.fail(why);
        }
    }

    /// Those whom a part of the title names are these; or it says how many they are.
    fn names(&self, part: &str, wanted: &Options) {
        if let Some(count) = part.strip_suffix(" options") {
            return self.is(count == wanted.len().to_string(), "another number of options");
        }
        let named: Options = tokens(part);
        self.is(named == *wanted, &format!("`{part}` should name {wanted:?}"));
    }

    /// Money is what it is said to be, to its last figure.
    fn pays(&self, part: &str, amount: f64) {
        let Some((said, step)) = money(part) else { self.fail(&format!("`{part}` is no money")) };
        let is_near = (said - amount).abs() <= step / 2.0 * 1.000_001;
        self.is(is_near, &format!("`{part}` should be {amount}"));
    }

    /// The baseline is said to be apart, where there is one and there are several others; and then isn't named.
    fn apart(&self, over: &str) -> String {
        let says = over.contains(", the baseline apart");
        let should = self.case.plan.baseline.is_some() && rivals(self.case).len() > 1;
        self.is(says == should, "whether the baseline is apart");
        over.replace(", the baseline apart", "")
    }

    fn cut<'t>(&self, text: &'t str, at: &str) -> (&'t str, &'t str) {
        text.split_once(at).unwrap_or_else(|| self.fail(&format!("`{text}` has no `{at}`")))
    }
}

fn tokens(part: &str) -> Options {
    part.split('<').skip(1).filter_map(|rest| rest.split_once('>')?.0.parse().ok()).collect()
}

/// Pounds at the start of a part, and the step of the last figure: `£1.23m` is 1,230,000 in steps of 10,000.
fn money(part: &str) -> Option<(f64, f64)> {
    let (sign, rest) = match part.strip_prefix('−') {
        Some(rest) => (-1.0, rest),
        None => (1.0, part),
    };
    if rest.starts_with("under £1") {
        return Some((0.0, 2.0));
    }
    let rest = rest.strip_prefix('£')?;
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(rest.len());
    let digits = rest[..end].trim_end_matches([',', '.']).replace(',', "");
    let unit = match &rest[end..] {
        rest if rest.starts_with("bn") => 1e9,
        rest if rest.starts_with('m') => 1e6,
        rest if rest.starts_with('k') => 1e3,
        _ => 1.0,
    };
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    Some((sign * digits.parse::<f64>().ok()? * unit, unit / 10_f64.powi(decimals as i32)))
}

fn rivals(case: &Case) -> Vec<usize> {
    (0..case.scenario.options.len()).filter(|&n| Some(OptionId::new(n)) != case.plan.baseline).collect()
}

/// Those with the least of some amounts, and that amount. All amounts with the sign turned give the most.
fn least<T: Ord + Copy>(amounts: &[(usize, T)]) -> (Options, T) {
    let amount = amounts.iter().map(|(_, amount)| *amount).min().expect("an amount");
    (amounts.iter().filter(|(_, a)| *a == amount).map(|(n, _)| *n).collect(), amount)
}

fn pounds(amount: Decimal) -> f64 {
    amount.to_f64().expect("a number")
}

fn cost_by_year(case: &Case) {
    let title = Title::of(case, &report::cost_chart(case));
    let rivals = rivals(case);
    if rivals.is_empty() {
        return title.is(title.text.starts_with("Cash without a programme"), "there is no rival");
    }
    let text = title.apart(&title.text);
    let (range, highest) = title.cut(title.cut(&text, ": ").1, "; highest year ");
    let costs: Vec<_> = rivals.iter().map(|&n| (n, case.run.appraisal.options[n].cost.nominal)).collect();
    let turned: Vec<_> = costs.iter().map(|&(n, cost)| (n, -cost)).collect();
    let ((low, low_cost), (high, high_cost)) = (least(&costs), least(&turned));
    let end = |part: &str, whose: &Options, cost: Decimal| {
        let (names, amount) = title.cut(part, if part.contains(" −£") { " −" } else { " £" });
        title.names(names, whose);
        title.pays(&part[names.len() + 1..], pounds(cost));
        title.is(amount.ends_with(" each") == (whose.len() > 1), "each of several");
    };
    if let Some(range) = range.strip_prefix("from ") {
        let (from, to) = title.cut(range, " to ");
        title.is(low_cost < -high_cost, "all cost the same");
        end(from, &low, low_cost);
        end(to, &high, -high_cost);
    } else {
        title.is(low_cost == -high_cost, "not all cost the same");
        end(range, &low, low_cost);
    }
    let years: Vec<(usize, (usize, Decimal))> = rivals
        .iter()
        .flat_map(|&n| {
            let years = case.run.appraisal.options[n].by_year.iter().enumerate();
            years.map(move |(t, year)| (n, (t, year.cash())))
        })
        .collect();
    let most = years.iter().map(|(_, (_, cash))| *cash).max().expect("a year");
    title.pays(highest, pounds(most));
    let of: Vec<_> = years.iter().filter(|(_, (_, cash))| *cash == most).collect();
    let whose: Options = of.iter().map(|(n, _)| *n).collect();
    if let Some((_, names)) = highest.split_once(" each for ") {
        title.is(whose.len() > 1, "only one has the highest year");
        return title.names(names, &whose);
    }
    title.is(whose.len() == 1, "several have as high a year");
    if rivals.len() > 1 {
        title.is(tokens(highest) == whose, "whose the highest year is");
    }
    let when: Vec<usize> = of.iter().map(|(_, (t, _))| *t).collect();
    years_are(&title, highest, &when);
}

/// The years that a part of a title names are these, or it says how many and the first.
fn years_are(title: &Title<'_>, part: &str, wanted: &[usize]) {
    let named: Vec<usize> = (0..title.case.plan.horizon.years())
        .filter(|&t| part.contains(&title.case.plan.horizon.year(t).to_string()))
        .collect();
    if part.contains("each of ") {
        title.is(part.contains(&format!("each of {} years", wanted.len())), "how many years");
        return title.is(named == wanted[..1], "the first of the years");
    }
    title.is(named == wanted, &format!("`{part}` should name the years {wanted:?}"));
}

fn cumulative(case: &Case) {
    let title = Title::of(case, &report::cumulative_chart(case));
    let payback = |n: usize| case.run.appraisal.options[n].payback;
    for part in title.text.split("; ") {
        let Some((head, rest)) = part.split_once(": ") else {
            title.is(title.text == "Cost and benefit as they add up", "an unknown form");
            continue;
        };
        let all = |wanted: &dyn Fn(Option<Payback>) -> bool| -> Options {
            rivals(case).into_iter().filter(|&n| wanted(payback(n))).collect()
        };
        match head {
            "Not paid back" => {
                let (names, _) = title.cut(rest, " (within ");
                title.names(names, &all(&|p| p == Some(Payback::NotWithinHorizon)));
            }
            "Nothing to pay back" => {
                title.names(rest, &all(&|p| matches!(p, Some(Payback::Never) | None)));
            }
            "Paid back" => {
                let paid = all(&|p| matches!(p, Some(Payback::Month(_))));
                let month = |n: usize| match payback(n) {
                    Some(Payback::Month(month)) => month,
                    other => panic!("{other:?}"),
                };
                let words = |m: usize| case.plan.horizon.month(m).in_words();
                if let Some((head, first)) = rest.split_once(", first ") {
                    let count = format!("{} options{}", paid.len(), apart(case));
                    title.is(head == count, &format!("`{head}` should be `{count}`"));
                    let (first_of, at) = least(&paid.iter().map(|&n| (n, month(n))).collect::<Vec<_>>());
                    let (names, when) = title.cut(first, " by ");
                    title.names(&names.replace(" of them", " options"), &first_of);
                    title.is(when == words(at), "when the first has paid back");
                } else {
                    title.names(rest, &paid);
                    for n in paid {
                        let said = format!("<{n}> by {}", words(month(n)));
                        title.is(rest.contains(&said), &format!("should say {said}"));
                    }
                }
            }
            _ => title.fail("an unknown form"),
        }
    }
}

fn apart(case: &Case) -> &'static str {
    if case.plan.baseline.is_some() { ", the baseline apart" } else { "" }
}

/// What is said holds in every year of the horizon, or only at its end, as it is said.
fn horizon(case: &Case) {
    let title = Title::of(case, &report::horizon_chart(case));
    let mut field = rivals(case);
    if field.len() == 1 {
        field = (0..case.scenario.options.len()).collect();
    }
    if field.len() < 2 {
        return title
            .is(title.text.starts_with("Net present cost over "), "there is nothing to compare with");
    }
    let years = case.plan.horizon.years();
    let cost = |n: usize, t: usize| case.run.appraisal.options[n].cumulative_cost[t];
    let leads = |t: usize| least(&field.iter().map(|&n| (n, cost(n, t))).collect::<Vec<_>>()).0;
    let prefix = "The baseline apart, ";
    let is_all = field.len() == case.scenario.options.len();
    title.is(title.text.starts_with(prefix) != is_all, "whether the baseline is apart");
    let text = title.text.strip_prefix(prefix).unwrap_or(&title.text);
    let (claim, flips) =
        text.split_once("; the ").map_or((text, None), |(claim, flips)| (claim, Some(flips)));
    let always = claim.ends_with(" whatever the horizon");
    let claim = claim.strip_suffix(" whatever the horizon").or(claim.strip_suffix(" over the whole horizon"));
    let claim = claim.unwrap_or_else(|| title.fail("for which horizon"));
    let said: Options = tokens(claim);
    let held = |t: usize| {
        let leads = leads(t);
        if let Some((one, other)) = claim.split_once(" costs less than ") {
            let (one, other) = (tokens(one), tokens(other));
            title.is(
                field.len() == 2 && one.len() == 1 && other.len() == 1,
                "two are told as if they were all",
            );
            leads == one
        } else if let Some((one, other)) = claim.split_once(" costs no more than ") {
            title.is(field.len() == 2 || other == "any other", "two are told as if they were all");
            leads.is_superset(&tokens(one))
        } else if let Some(one) = claim.strip_suffix(" costs least") {
            leads == tokens(one)
        } else if claim.ends_with(" cost the same") || claim.ends_with(" cost the same, and least,") {
            said == leads
        } else {
            title.fail("an unknown form")
        }
    };
    let all = if always { 0 } else { years - 1 }..years;
    title.is(all.into_iter().all(held), "it does not hold");
    // A flip is a year with another option alone in the lead than the one before it.
    let mut leader = None;
    let mut flipped = Vec::new();
    for t in 0..years {
        let leads = leads(t);
        if leads.len() == 1 && Some(&leads) != leader.as_ref() {
            if leader.is_some() {
                flipped.push(t);
            }
            leader = Some(leads);
        }
    }
    match flips {
        Some(flips) => years_are(&title, flips, &flipped),
        None => title.is(flipped.is_empty(), "that the order flips is not said"),
    }
}

fn funding(case: &Case) {
    let title = Title::of(case, &report::funding_chart(case));
    let gaps: Vec<[Decimal; 2]> = case.run.funding.iter().map(wholelife::funding::Funding::gap).collect();
    let short: Options = (0..gaps.len()).filter(|&n| gaps[n].iter().any(|gap| !gap.is_zero())).collect();
    let Some(text) = title.text.strip_prefix("Short: ") else {
        title.is(title.text == "Every option is paid for in every year", "an unknown form");
        return title.is(short.is_empty(), "some are short");
    };
    if let Some((count, most)) = text.split_once("; most, by ") {
        let included = if case.plan.baseline.is_some() { ", the baseline included" } else { "" };
        title.is(
            count == format!("{} of {} options{included}", short.len(), gaps.len()),
            "how many are short",
        );
        let (by, names) = title.cut(most, ": ");
        let turned: Vec<_> = gaps.iter().enumerate().map(|(n, g)| (n, -(g[0] + g[1]))).collect();
        let (whose, amount) = least(&turned);
        title.pays(by, pounds(-amount));
        return title.names(names, &whose);
    }
    let (short_part, paid_part) = text.split_once("; paid for: ").unwrap_or((text, ""));
    title.names(short_part, &short);
    title.names(paid_part, &(0..gaps.len()).filter(|n| !short.contains(n)).collect());
    for n in short {
        let (_, of) = title.cut(short_part, &format!("<{n}> "));
        for (gap, kind) in
            gaps[n].iter().zip([" of capital", " of revenue"]).filter(|(gap, _)| !gap.is_zero())
        {
            let of = of.split('<').next().unwrap_or_default();
            let (before, _) = title.cut(of, kind);
            let start = before.rfind("under £").or(before.rfind('£')).expect("money");
            title.pays(&before[start..], pounds(*gap));
        }
    }
}

fn accounts(case: &Case) {
    let title = Title::of(case, &report::accounts_chart(case));
    let rivals = rivals(case);
    let text = title.apart(&title.text);
    let (_, told) = title.cut(&text, ": ");
    let net = |n: usize, t: usize| case.run.accounts[n].result(None, t).net();
    let years = 0..case.plan.horizon.years();
    let worst = |n: usize| {
        let most = years.clone().map(|t| net(n, t)).max().expect("a year");
        (years.clone().filter(|&t| net(n, t) == most).collect::<Vec<_>>(), most)
    };
    let one = |part: &str, n: usize| {
        let (years, most) = worst(n);
        let (amount, when) = title.cut(part, " in ");
        title.pays(amount.trim(), pounds(most));
        years_are(&title, when, &years);
    };
    if let Some((told, count)) = told.split_once(", the most of ") {
        title.is(count == format!("{} options", rivals.len()), "of how many");
        let (whose, most) = least(&rivals.iter().map(|&n| (n, -worst(n).1)).collect::<Vec<_>>());
        if let Some(names) = told.strip_suffix(" each") {
            let at = names.rfind(' ').unwrap_or_default();
            title.pays(&names[at + 1..], pounds(-most));
            return title.names(&names[..at], &whose);
        }
        title.is(tokens(told) == whose, "whose year is heaviest");
        return one(title.cut(told, "> ").1, whose.into_iter().next().expect("one"));
    }
    title.names(told, &rivals.iter().copied().collect());
    for n in rivals {
        let (_, part) = title.cut(told, &format!("<{n}> "));
        one(part.split('<').next().unwrap_or_default(), n);
    }
}

fn timeline(case: &Case) {
    let title = Title::of(case, &report::timeline_chart(case));
    let months = case.plan.horizon.months();
    let delivered = |n: usize| case.run.sheets[n].lives.iter().filter(|life| life.stream.is_some());
    let everything = case.scenario.services.len();
    let all: Vec<usize> = (0..case.run.sheets.len()).filter(|&n| delivered(n).count() > 0).collect();
    let live_by = |n: usize| {
        let live: Option<Vec<usize>> = delivered(n).map(|life| life.live.filter(|&m| m < months)).collect();
        live.map(|live| live.into_iter().max().expect("a service"))
    };
    let late: Options = all.iter().copied().filter(|&n| live_by(n).is_none()).collect();
    let live: Options = all.iter().copied().filter(|n| !late.contains(n)).collect();
    if title.text == "No option delivers a service" {
        return title.is(all.is_empty(), "one does");
    }
    let is_every = all.iter().all(|&n| delivered(n).count() == everything);
    title.is(title.text.contains("that an option delivers") != is_every, "whether it is every service");
    if let Some((_, names)) = title.text.split_once(" goes live: ") {
        title.is(live.is_empty(), "some go live");
        return title.names(names, &late);
    }
    let (_, rest) = title.cut(&title.text, " is live by ");
    let (by, not) = rest.split_once("; not in ").unwrap_or((rest, ""));
    title.names(not, &late);
    let when = |n: usize| {
        let month = live_by(n).expect("live");
        (month, format!("{} (<{n}>)", case.plan.horizon.month(month).in_words()))
    };
    if let Some(ends) = by.strip_suffix(" at the latest") {
        let (first, last) = title.cut(ends, " at the earliest, ");
        let months = live.iter().map(|&n| when(n).0);
        let [earliest, latest] = [months.clone().min(), months.max()];
        for (part, month) in [(first, earliest), (last, latest)] {
            let n = *tokens(part).iter().next().expect("an option");
            title.is(part == when(n).1 && Some(when(n).0) == month, "the ends");
        }
        return;
    }
    title.names(by, &live);
    title.is(live.iter().all(|&n| by.contains(&when(n).1)), "when each is live");
}

/// The error that a difference of two must exceed: 1.645 standard errors.
fn are_alike(a: Estimated, b: Estimated) -> bool {
    let [a_error, b_error] = [a, b].map(|of| of.error.unwrap_or(0.0));
    (a.value - b.value).abs() <= 1.645 * (a_error * a_error + b_error * b_error).sqrt()
}

fn s_curves(case: &Case, drawn: &Simulation) {
    let title = Title::of(case, &report::s_curves(case, drawn));
    let rivals = rivals(case);
    let spread = |n: usize| drawn.spread(&drawn.options[n].net_present_cost);
    let median = |n: usize| spread(n).percentile(50);
    let Some(&lowest) = rivals.iter().min_by(|&&a, &&b| median(a).value.total_cmp(&median(b).value)) else {
        return title.is(title.text == "How likely each cost is", "there is no rival");
    };
    let alike: Options = rivals.iter().copied().filter(|&n| are_alike(median(n), median(lowest))).collect();
    let text = title.apart(&title.text);
    title.is(text.starts_with("Lowest median cost: ") == (rivals.len() > 1), "a superlative of one");
    let text = text.strip_prefix("Lowest median cost: ").unwrap_or(&text);
    if let Some(names) = text.strip_suffix(", equal") {
        title.is(
            alike.iter().all(|&n| median(n).value.to_bits() == median(lowest).value.to_bits()),
            "not equal",
        );
        title.names(names, &alike);
    } else if let Some(names) = text.strip_suffix(", alike to within the sampling error") {
        title.is(alike.len() > 1, "one is lower");
        title.names(names, &alike);
    } else {
        let (name, rest) = title.cut(text, ", at most ");
        title.names(name, &alike);
        title.is(alike.len() == 1 && rest.ends_with(" in eight draws of ten"), "one of several alike");
        title.pays(rest, spread(lowest).percentile(80).value);
    }
}

fn fan(case: &Case, drawn: &Simulation) {
    let title = Title::of(case, &report::fan_chart(case, drawn));
    let width = |n: usize| {
        let spread = drawn.spread(drawn.options[n].cumulative.last().expect("a year"));
        let [low, high] = [5, 95].map(|percent| spread.percentile(percent));
        let error = high.error.zip(low.error).map(|(high, low)| (high * high + low * low).sqrt());
        Estimated { value: high.value - low.value, error, interval: None }
    };
    let all = 0..drawn.options.len();
    let widest = all.clone().max_by(|&a, &b| width(a).value.total_cmp(&width(b).value)).expect("an option");
    if title.text == "Cash as it adds up" {
        return title.is(width(widest).value <= 0.0, "cash is uncertain");
    }
    let alike: Options = all.clone().filter(|&n| are_alike(width(n), width(widest))).collect();
    if all.len() == 1 {
        let (_, within) = title.cut(&title.text, ": nine draws of ten end within ");
        return title.pays(within, width(widest).value);
    }
    let included = if case.plan.baseline.is_some() { ", the baseline included" } else { "" };
    let text = title.text.strip_prefix(&format!("Least certain in cash{included}: "));
    let text = text.unwrap_or_else(|| title.fail("whether the baseline is included"));
    match text.split_once("; nine draws of ten end within ") {
        Some((name, within)) => {
            title.names(name, &alike);
            title.is(alike.len() == 1, "one of several alike");
            title.pays(within, width(widest).value);
        }
        None => title.names(title.cut(text, ", alike to within the sampling error").0, &alike),
    }
}

fn of_the_pair(case: &Case, pair: (OptionId, OptionId)) {
    let [a, b] = [pair.0, pair.1].map(OptionId::place);
    let both: Options = [a, b].into();
    // Where others are left out, it is said of how many the pair is two.
    let left_out = (0..case.scenario.options.len()).filter(|n| !both.contains(n)).count();
    let others = left_out - usize::from(case.plan.baseline.is_some_and(|id| !both.contains(&id.place())));
    let says = |text: &str| {
        text.contains(" options, the baseline ") || text.contains("(2 of ") || text.contains("are 2 of ")
    };
    let two_of_several =
        |title: &Title<'_>, text: &str| title.is(says(text) == (others > 0), "two of how many");

    let headline = report::plain_findings(case, Some(pair)).remove(0);
    let title = Title::text(case, &headline);
    two_of_several(&title, &headline);
    let difference = |of: &dyn Fn(usize) -> Decimal| of(a) - of(b);
    let cost = difference(&|n| case.run.appraisal.options[n].cost.present);
    let benefit = difference(&|n| case.run.appraisal.options[n].benefits.total().present);
    let (costs, gives) = title.cut(&title.text, ", and gives ");
    title.is(costs.starts_with(&format!("<{a}> costs ")), "who costs it");
    for (part, amount) in [(title.cut(costs, " costs ").1, cost), (gives, benefit)] {
        if part.starts_with("the same ") {
            title.is(amount.is_zero(), "they differ");
            continue;
        }
        let size = part.find(" more ").map(|at| (at, 1.0)).or(part.find(" less ").map(|at| (at, -1.0)));
        let Some((_, sign)) = size else { title.fail("more or less") };
        title.pays(part, pounds(amount) * sign);
    }

    let swings = sensitivity(&case.scenario);
    let chart = report::tornado_chart(case, &swings, pair);
    let title = Title::of(case, &chart);
    two_of_several(&title, &chart.subtitle);
    let figure = |figures: &wholelife::uncertainty::Figures| figures.difference(pair);
    let widths: Vec<(usize, Decimal)> = swings
        .swings
        .iter()
        .map(|swing| (swing.input.place(), -swing.swing(&swings.central, figure)))
        .collect();
    let widest = if widths.is_empty() { (Options::new(), Decimal::ZERO) } else { least(&widths) };
    if widest.1.is_zero() {
        title.is(title.text == format!("No uncertain input moves <{a}> less <{b}>"), "none moves it");
    } else {
        let (keys, rest) = title.cut(&title.text, " move");
        let (_, by) = title.cut(rest, &format!("<{a}> less <{b}> most: by "));
        title.pays(by, pounds(-widest.1));
        let named: Options = match keys.strip_suffix(" inputs") {
            Some(count) => {
                title.is(count == widest.0.len().to_string(), "how many inputs");
                widest.0.clone()
            }
            None => keys
                .replace(" and ", ", ")
                .split(", ")
                .map(|key| case.scenario.inputs.iter().position(|input| input.key == key).expect("an input"))
                .collect(),
        };
        title.is(named == widest.0, "which input moves it most");
    }

    let bridge = bridge(&case.plan, pair.1, pair.0, Measure::Cost);
    let chart = report::waterfall_chart(case, &bridge);
    let title = Title::of(case, &chart);
    two_of_several(&title, &chart.subtitle);
    let most = bridge.bars.iter().map(|bar| bar.amount.abs()).max().expect("a bar");
    let (ends, largest) = title.cut(&title.text, ": ");
    title.is(ends == format!("From <{b}> to <{a}>"), "from which to which");
    if most.is_zero() {
        title.is(largest == "no mechanism changes the cost", "none changes it");
    } else {
        let (acts, by) = title.cut(largest, " most, ");
        title.pays(by, pounds(most));
        let wanted = bridge.bars.iter().filter(|bar| bar.amount.abs() == most).map(|bar| {
            let act = if bar.amount < Decimal::ZERO { "saves" } else { "adds" };
            format!("{} {act}", bar.mechanism.name().to_lowercase())
        });
        let wanted: Vec<String> = wanted.collect();
        title.is(wanted.iter().all(|act| acts.contains(act)), "all that are as large");
        title.is(acts.matches(" adds").count() + acts.matches(" saves").count() == wanted.len(), "no other");
    }

    let Some(inputs) = report::two_largest(case, &swings, pair) else { return };
    let axes = inputs.map(|input| {
        let range = Range::of(case.scenario.inputs[input.place()].estimate).expect("a range");
        Axis::new(&case.scenario, input, range, 3)
    });
    let grid = grid(&case.scenario, axes);
    let chart = report::heat_chart(case, &grid, pair);
    let title = Title::of(case, &chart);
    two_of_several(&title, &chart.subtitle);
    let half = Decimal::new(5, 1);
    let cells: Vec<Decimal> = grid.figures.iter().flatten().map(figure).collect();
    let less = cells.iter().filter(|cell| **cell <= -half).count();
    let same = cells.iter().filter(|cell| cell.abs() < half).count();
    let equal = if same > 0 { format!(", and the same in {same}") } else { String::new() };
    let all = cells.len();
    let wanted =
        format!("<{a}> costs less than <{b}> in {less} of {all} combinations of the two inputs{equal}");
    title.is(title.text == wanted, &wanted);
}

#[test]
fn every_title_says_what_the_figures_say() {
    let order = Order { draws: 200, seed: 1, threads: 1, precision: None };
    for (name, case) in cases() {
        eprintln!("{name}");
        cost_by_year(&case);
        cumulative(&case);
        horizon(&case);
        funding(&case);
        accounts(&case);
        timeline(&case);
        if !may_vary(&case.scenario).is_empty() {
            let drawn = simulate(&case.scenario, order, &|_| true);
            s_curves(&case, &drawn);
            fan(&case, &drawn);
        }
        // Every pair, not only the one that a report takes.
        let ids: Vec<OptionId> = (0..case.scenario.options.len()).map(OptionId::new).collect();
        let pairs = ids.iter().flat_map(|&a| ids.iter().map(move |&b| (a, b))).filter(|(a, b)| a < b);
        for pair in pairs.take(6) {
            of_the_pair(&case, pair);
        }
    }
}

/// The titles of the cases above, word for word, as they are worked out by hand.
#[test]
fn titles_of_ties_and_of_three_options() {
    let of = |place: usize| {
        let (name, options) = CASES[place];
        let text = format!(
            "[programme]\nname = \"Trees\"\nstart = \"2026-04\"\nyears = 5\n[index.general]\ngrowth = \"0%\"\n{options}"
        );
        case_of(name, &text, Path::new("."))
    };
    // Five years of £100k and £200k, beside a baseline of £900k; no growth is stated.
    let two = of(0);
    assert_eq!(
        report::cost_chart(&two).title,
        "Cash over 5 years from Apr 2026, the baseline apart: from Ash £500k to Birch £1.00m; highest year £200k in \
         each of 5 years, the first 2026-27 (Birch)"
    );
    assert_eq!(
        report::horizon_chart(&two).title,
        "The baseline apart, Ash costs less than Birch whatever the horizon"
    );
    let three = of(1);
    assert_eq!(
        report::cost_chart(&three).title,
        "Cash over 5 years from Apr 2026, the baseline apart: from Birch and Cedar £500k each to Ash £1.00m; highest \
         year £200k in each of 5 years, the first 2026-27 (Ash)"
    );
    assert_eq!(
        report::horizon_chart(&three).title,
        "The baseline apart, Birch and Cedar cost the same, and least, over the whole horizon"
    );
    // Ash has cost £100k, then £300k less at discount by the end of its fourth year: Birch paid £350k in the first.
    let changing = of(2);
    assert_eq!(
        report::horizon_chart(&changing).title,
        "Birch costs least over the whole horizon; the lowest changes in 2029-30"
    );
    let pair = (OptionId::new(0), OptionId::new(1));
    let headline = report::plain_findings(&changing, Some(pair)).remove(0);
    assert!(headline.ends_with("in benefits. They are 2 of 3 options."), "{headline}");
    let equal = of(3);
    assert_eq!(report::horizon_chart(&equal).title, "Ash and Birch cost the same over the whole horizon");
    assert_eq!(
        report::cost_chart(&equal).title,
        "Cash over 5 years from Apr 2026: Ash and Birch £500k each; highest year £100k each for Ash and Birch"
    );
}
