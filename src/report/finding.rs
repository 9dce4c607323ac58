//! The findings in words: stated, never coloured.

use rust_decimal::Decimal;

use super::{Case, claim, quantity, switching_sentences, unverified, words};
use crate::appraisal::flips;
use crate::audit::passed;
use crate::funding::Funding;
use crate::id::OptionId;
use crate::parameters::Edition;
use crate::plan::FundKind;
use crate::scenario::{Input, Origin};
use crate::uncertainty::{Order, may_vary, simulate};

/// What the comparison says, in sentences: the pair's difference first, then what it rests on.
pub fn findings(case: &Case, pair: Option<(OptionId, OptionId)>) -> Vec<String> {
    let mut sentences = plain_findings(case, pair);
    if let Some((first, second)) = pair {
        // After the difference, which they qualify.
        let sure = how_sure(case, first, second).into_iter().chain(switching_sentences(case, pair));
        sentences.splice(1..1, sure.collect::<Vec<_>>());
    }
    sentences
}

/// The same without those that run the scenario again with other numbers.
pub fn plain_findings(case: &Case, pair: Option<(OptionId, OptionId)>) -> Vec<String> {
    let mut sentences = Vec::new();
    sentences.extend(pair.map(|(first, second)| difference(case, first, second)));
    sentences.extend(pair.and_then(|(first, second)| order_flips(case, first, second)));
    sentences.extend(shortages(case));
    sentences.extend(never_live(case));
    let unverified = unverified(case);
    if !unverified.is_empty() {
        sentences.push(format!(
            "These figures rest on parameters that are not yet verified: {}. `wholelife check` lists them.",
            words::list(&unverified)
        ));
    }
    sentences.extend(replaced(case));
    if passed(&case.checks) {
        sentences.push(format!("All {} checks that this run makes of itself pass.", case.checks.len()));
    }
    sentences
}

/// The parameters that the scenario gives itself.
fn replaced(case: &Case) -> Option<String> {
    const SHOWN: usize = 4;
    let edition = Edition::named(&case.scenario.programme.edition)?;
    let written = case.scenario.inputs.iter().filter(|input| matches!(input.origin, Origin::Written(_)));
    let told = |input: &Input| {
        let key = input.key.strip_prefix("parameter.")?;
        let own = quantity(input.estimate.central(), input.unit);
        Some(match edition.figure(key) {
            Some(figure) if figure.value == input.estimate.central() => return None,
            Some(figure) => format!("`{key}` ({own} for {})", quantity(figure.value, input.unit)),
            None => format!("`{key}` ({own}, new)"),
        })
    };
    let mut names: Vec<String> = written.filter_map(told).collect();
    if names.len() > SHOWN {
        let more = names.len() - SHOWN;
        names.truncate(SHOWN);
        names.push(format!("{more} more"));
    }
    let own = words::list(&names);
    (!names.is_empty()).then(|| format!("The scenario has its own figures in place of the edition's: {own}."))
}

/// Which of two options costs less, by how much, and what it gives for that.
fn difference(case: &Case, first: OptionId, second: OptionId) -> String {
    let (a, b) = (case.appraisal(first), case.appraisal(second));
    let (name_a, name_b) = (case.name(first), case.name(second));
    let more_or_less = |difference: Decimal, more: &str, less: &str| match difference.cmp(&Decimal::ZERO) {
        std::cmp::Ordering::Less => format!("{} {less}", words::pounds(difference)),
        std::cmp::Ordering::Equal => "the same".to_owned(),
        std::cmp::Ordering::Greater => format!("{} {more}", words::pounds(difference)),
    };
    let cost = a.cost.present - b.cost.present;
    let benefit = a.benefits.total().present - b.benefits.total().present;
    let than = |difference: Decimal| if difference.is_zero() { "as" } else { "than" };
    let others = claim::two_of(case, (first, second)).map(|two| format!(" They are {two}."));
    format!(
        "{name_a} costs {} {} {name_b} over {} (present value), and gives {} in benefits.{}",
        more_or_less(cost, "more", "less"),
        than(cost),
        case.span(),
        more_or_less(benefit, "more", "less"),
        others.unwrap_or_default(),
    )
}

/// Draws behind the sentence that says how sure the comparison is: enough for a chance to the nearest tenth,
/// few enough for every `compare`.
const DRAWS: usize = 50;

/// In how many of ten draws of the uncertain inputs the option that costs less does so, or that sampling can't tell that
/// from as often as not; nothing where nothing is uncertain, or the reported run has no cheaper one.
fn how_sure(case: &Case, first: OptionId, second: OptionId) -> Option<String> {
    if may_vary(&case.scenario).is_empty() {
        return None;
    }
    let order = Order { draws: DRAWS, seed: 1, threads: 1, precision: None };
    let drawn = simulate(&case.scenario, order, &|_| true);
    let central = case.appraisal(first).cost.present - case.appraisal(second).cost.present;
    // A range without width is drawn once: there is nothing to be sure of.
    if central.is_zero() || drawn.inputs.is_empty() {
        return None;
    }
    let (cheaper, other) = if central < Decimal::ZERO { (first, second) } else { (second, first) };
    let differences = drawn.difference((cheaper, other), |option| &option.net_present_cost);
    let chance = drawn.below_zero(&differences);
    let is_open = chance.interval.is_some_and(|[low, high]| low <= 0.5 && 0.5 <= high);
    let told = if is_open {
        let times = (chance.value * DRAWS as f64).round();
        format!(
            "in {times} of {DRAWS} draws of the uncertain inputs, which is as often as not to within the sampling error"
        )
    } else {
        let told = match (chance.value * 10.0).round() as usize {
            _ if chance.value >= 1.0 => "in all".to_owned(),
            10 => "in nearly all".to_owned(),
            0 => "in hardly any".to_owned(),
            n => format!("in about {n} of 10"),
        };
        format!("{told} draws of the uncertain inputs ({DRAWS} draws)")
    };
    let (cheaper, other) = (case.name(cheaper), case.name(other));
    Some(format!("{cheaper} costs less than {other} {told}; `wholelife simulate` takes more."))
}

/// The years at which the cheaper of two options changes.
fn order_flips(case: &Case, first: OptionId, second: OptionId) -> Option<String> {
    let years = flips(case.appraisal(first), case.appraisal(second));
    let years: Vec<String> = years.into_iter().map(|t| case.plan.horizon.year(t).to_string()).collect();
    let (a, b) = (case.name(first), case.name(second));
    (!years.is_empty()).then(|| {
        format!(
            "Which of {a} and {b} costs less changes with the horizon: the order flips in {}.",
            words::list(&years)
        )
    })
}

/// For each option, the worst year of the kind of money that is missing most, and what lapses beside it.
fn shortages(case: &Case) -> Vec<String> {
    let options = case.scenario.options.iter().zip(&case.run.funding);
    options
        .filter(|(_, funding)| !funding.funds.is_empty())
        .map(|(option, f)| shortage(case, &option.name, f))
        .collect()
}

fn shortage(case: &Case, name: &str, funding: &Funding<Decimal>) -> String {
    let years = 0..case.plan.horizon.years();
    let gaps = years.flat_map(|t| {
        let [capital, revenue] = funding.need(None, t).gap();
        [(capital, t, "capital"), (revenue, t, "revenue")]
    });
    // The first of equals: the earliest year.
    let worst = gaps.fold((Decimal::ZERO, 0, ""), |worst, gap| if gap.0 > worst.0 { gap } else { worst });
    let lapsed = funding.lapsed();
    if worst.0.is_zero() {
        let rest =
            if lapsed.is_zero() { String::new() } else { format!("; {} lapses", words::pounds(lapsed)) };
        return format!("{name} is paid for in every year{rest}.");
    }
    let (gap, t, kind) = worst;
    let beside = lapsed_in(case, funding, t);
    let beside =
        if beside.is_empty() { String::new() } else { format!(" while {} lapses", words::list(&beside)) };
    let [capital, revenue] = funding.gap();
    let in_all = words::pounds(capital + revenue);
    let more = funding.most_payable - funding.paid();
    let curable = if more > Decimal::ZERO {
        format!(", of which another order of funds would pay {}", words::pounds(more))
    } else {
        String::new()
    };
    format!(
        "{name} is {} short of {kind} in {}{beside}; {in_all} short over all years{curable}.",
        words::pounds(gap),
        case.plan.horizon.year(t),
    )
}

/// What lapses in a year, by the kind of fund: `£200k of capital`.
fn lapsed_in(case: &Case, funding: &Funding<Decimal>, t: usize) -> Vec<String> {
    let kinds =
        [(FundKind::Capital, " of capital"), (FundKind::Revenue, " of revenue"), (FundKind::Either, "")];
    let of = |kind: FundKind| {
        let funds = funding.funds.iter().filter(|f| case.plan.funds[f.fund.place()].kind == kind);
        funds.map(|f| f.years[t].lapsed).sum::<Decimal>()
    };
    let lapsed = kinds.into_iter().map(|(kind, words)| (of(kind), words)).filter(|(sum, _)| !sum.is_zero());
    lapsed.map(|(sum, kind)| format!("{}{kind}", words::pounds(sum))).collect()
}

/// Services that an option delivers, but not within the horizon or not before they end.
fn never_live(case: &Case) -> Vec<String> {
    let mut sentences = Vec::new();
    let months = case.plan.horizon.months();
    for (option, sheet) in case.scenario.options.iter().zip(&case.run.sheets) {
        let mut late = Vec::new();
        for (place, service) in case.scenario.services.iter().enumerate() {
            let life = &sheet.lives[place];
            if life.stream.is_none() || life.live.is_some_and(|live| live < months) {
                continue;
            }
            if case.plan.services[place].end < months {
                let (option, service, to) = (&option.name, &service.name, service.to.in_words());
                sentences.push(format!(
                    "{option}: {service} ends in {to}, before it can go live. The work on it stops then and is written off."
                ));
            } else {
                late.push(service.name.clone());
            }
        }
        if !late.is_empty() {
            let span = case.span();
            sentences.push(format!(
                "{}: {} does not go live within {span}.",
                option.name,
                words::list(&late)
            ));
        }
    }
    sentences
}
