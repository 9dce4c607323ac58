//! What must hold whatever the numbers: over generated scenarios.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rust_decimal::Decimal;
use wholelife::appraisal::YearRow;
use wholelife::calendar::Month;
use wholelife::delivery::Crew;
use wholelife::explain::{Explainer, Name, figures_in};
use wholelife::id::{OptionId, OrganisationId};
use wholelife::ledger::{Element, Kind, Posting, Treatment};
use wholelife::number::Number;
use wholelife::report::Case;
use wholelife::report::statements::bridge;
use wholelife::run::run;

use crate::model::steady::months_add_up;
use crate::model::support::run as run_text;

/// A value in a range, in steps that can be written exactly.
fn per_cent(range: std::ops::Range<u32>) -> impl Strategy<Value = String> {
    range.prop_map(|n| format!("{n}%"))
}

fn service(name: &'static str) -> impl Strategy<Value = String> {
    let effort = (0_u32..30, 0_u32..60, 1_u32..150);
    let numbers = (0_u32..500, 0_u32..12, 0_u32..40, 0_u32..60, 0_u32..30, 1_u32..30, 0_u32..9);
    let legacy = (any::<bool>(), 0_u32..600, 0_u32..10, 0_u32..9);
    (effort, numbers, legacy, any::<bool>()).prop_map(move |(effort, n, legacy, capitalise)| {
        let (run, upkeep, worse, worn, gain, value, ramp) = n;
        let legacy = if legacy.0 {
            format!(
                "legacy = {{ run = \"£{}k a year\", growth = \"{}%\", overlap = \"{} months\", exit = \"£10k\" }}\n",
                legacy.1, legacy.2, legacy.3
            )
        } else {
            String::new()
        };
        format!(
            "[service.{name}]\neffort = {{ discovery = \"{}.{} team-months\", alpha = \"{} team-months\", \
             beta = \"{}.{} team-months\" }}\nrun = \"£{run}k a year\"\nupkeep = \"{upkeep} team-months a year\"\n\
             neglect = {{ run_cost = \"{worse}%\", benefits = \"{worn}%\" }}\n\
             improve = {{ gain = \"{gain}%\", limit = \"40%\" }}\ncapitalise = {capitalise}\n{legacy}\
             benefit.b = {{ value = \"£{value}7k a year\", kind = \"cash-releasing\", ramp = \"{ramp} months\" }}\n",
            effort.0 / 10,
            effort.0 % 10,
            effort.1 / 10,
            effort.2 / 10,
            effort.2 % 10,
        )
    })
}

fn common() -> impl Strategy<Value = String> {
    let time = (0_u32..15, 0_u32..10, 10_u32..100, 0_u32..14, 0_u32..40);
    let shares = (0_u32..9, 30_u32..101, 0_u32..40, 0_u32..101, 0_u32..80, 1_u32..101, any::<bool>());
    (time, shares).prop_map(|(time, shares)| {
        let pattern = if shares.6 { "incremental" } else { "single" };
        format!(
            "approval = {{ lead = \"{} months\", cost = \"£{}7k\" }}\nforming = {{ time = \"{} months\", from = \"{}%\" }}\n\
             settled = {{ after = \"{} months\", gain = \"{}%\" }}\ncoordination = \"{}%\"\nutilisation = \"{}%\"\n\
             vacancies = {{ rate = \"{}%\", cover = \"{}%\", team = \"cover\" }}\noverrun = \"{}%\"\n\
             release = {{ pattern = \"{pattern}\", first = \"{}%\" }}\n",
            time.0, time.1, time.1, time.2, time.3, time.4, shares.0, shares.1, shares.2, shares.3, shares.4, shares.5
        )
    })
}

fn persistent() -> impl Strategy<Value = String> {
    (common(), 1_u32..20, any::<bool>(), 0_u32..24).prop_map(|(common, every, ends, notice)| {
        let end = if ends {
            format!("stand_down = {{ when = \"done\", notice = \"{notice} months\", cost = \"£4k\" }}\n")
        } else {
            String::new()
        };
        format!("kind = \"persistent\"\nteam = \"main\"\n{common}review = {{ every = \"{every} months\", cost = \"£9k\" }}\n{end}")
    })
}

fn temporary() -> impl Strategy<Value = String> {
    let numbers = (0_u32..4, 0_u32..90, 0_u32..12, 0_u32..101, 6_u32..60, 5_u32..60);
    let stall = (any::<bool>(), 10_u32..90, 0_u32..9, 0_u32..101, 0_u32..60);
    (common(), numbers, stall).prop_map(|(common, n, stall)| {
        let stall = if stall.0 {
            format!(
                "stall = {{ after = \"{}%\", pause = \"{} months\", standing = \"{}%\", lost = \"{}%\" }}\n",
                stall.1, stall.2, stall.3, stall.4
            )
        } else {
            String::new()
        };
        format!(
            "kind = \"temporary\"\nteam = \"main\"\n{common}\
             handover = {{ overlap = \"{} months\", loss = \"{}%\", recovery = \"{} months\" }}\n\
             upkeep = {{ coverage = \"{}%\", team = \"cover\" }}\n\
             renewal = {{ every = \"{} months\", effort = \"{}%\" }}\n{stall}",
            n.0, n.1, n.2, n.3, n.4, n.5
        )
    })
}

/// A first month: of the financial year 2026-27, but not always its first.
fn starts() -> impl Strategy<Value = Month> {
    let april = Month::new(2026, 4).expect("a month");
    prop_oneof![Just(0), 0..12].prop_map(move |months| april.plus(months))
}

/// A whole scenario: three services, a persistent and a temporary approach, and both ways to fund them.
pub(crate) fn scenario() -> impl Strategy<Value = String> {
    let people = (per_cent(30..101), 1_u32..5, 1_u32..4);
    let world = (2_u32..12, 0_u32..40, 0_u32..60, starts(), (any::<bool>(), 1_i32..40));
    (world, people, (service("one"), service("two"), service("three")), persistent(), temporary()).prop_map(
        |(world, (attributable, heads, contractors), mut services, persistent, temporary)| {
            let (years, general, pay, start, (ends, after)) = world;
            let later = start.plus(2);
            // One of the services ends early, or all last as long as the horizon.
            let last = start.plus(after.min(years as i32 * 12 - 1));
            if ends {
                let head = format!("[service.two]\nto = \"{last}\"\nretire = {{ cost = \"£3k\" }}\n");
                services.1 = services.1.replace("[service.two]\n", &head);
            }
            services.1 += "[service.two.cost.licence]\namount = \"£1,000.07 a month\"\nfrom = \"-2 months\"\n";
            format!(
                "[programme]\nname = \"Generated\"\nstart = \"{start}\"\nyears = {years}\n\
                 [index.general]\ngrowth = \"{}.{}%\"\n[index.pay]\ngrowth = \"{}.{}%\"\n\
                 [role]\nworker = {{ band = \"7\" }}\nhired = {{ day_rate = \"£517\" }}\n\
                 [team.main]\nmembers = {{ worker = {heads}, hired = {contractors} }}\nnon_pay = \"£6k a year\"\n\
                 attributable = \"{attributable}\"\n\
                 [team.cover]\nmembers = {{ hired = 2 }}\npace = \"35%\"\n\
                 [approach.team]\n{persistent}[approach.project]\n{temporary}{}{}{}\
                 [cost.licence]\namount = \"£240,000.01\"\nevery = \"5 years\"\ntreatment = \"capital\"\nvat = \"irrecoverable\"\n\
                 [cost.support]\namount = \"£100k a year\"\nindex = \"pay\"\n\
                 [option.baseline]\nname = \"As now\"\n\
                 [option.team]\nname = \"Team\"\n\
                 [option.team.stream.first]\napproach = \"team\"\nservices = [\"one\", \"two\"]\nstart = \"{start}\"\n\
                 [option.team.stream.second]\napproach = \"team\"\nservices = [\"three\"]\n\
                 start = {{ after = \"one\", event = \"first release\", plus = \"1 month\" }}\n\
                 [option.project]\nname = \"Project\"\n\
                 [option.project.stream.first]\napproach = \"project\"\nservices = [\"one\", \"two\"]\nstart = \"{later}\"\n\
                 [option.project.stream.second]\napproach = \"project\"\nservices = [\"three\"]\n\
                 start = {{ after = \"first\", event = \"end\" }}\n",
                general / 10,
                general % 10,
                pay / 10,
                pay % 10,
                services.0,
                services.1,
                services.2,
            )
        },
    )
}

/// A fund with random money, kind and restrictions.
fn fund(name: &'static str) -> impl Strategy<Value = String> {
    let restriction =
        prop_oneof![Just(""), Just("\"one\""), Just("\"licence\", \"three\""), Just("\"support\"")];
    let kind = prop_oneof![Just("capital"), Just("revenue"), Just("either")];
    (kind, restriction, any::<bool>(), 0_u32..900, 0_u32..900).prop_map(
        move |(kind, only, carry, first, rest)| {
            let only = if only.is_empty() { String::new() } else { format!("for = [{only}]\n") };
            format!(
                "[fund.{name}]\nkind = \"{kind}\"\ncarry_forward = {carry}\n{only}\
             by_year = {{ \"2026-27\" = \"£{first}k\", \"2027-28\" = \"£{rest}k\" }}\n"
            )
        },
    )
}

/// A scenario with money to pay for it: funds, shared costs, bias, contingency, residual value.
pub(crate) fn funded() -> impl Strategy<Value = (String, Vec<String>)> {
    let funds = (fund("f"), fund("g"), fund("h")).prop_map(|(f, g, h)| vec![f, g, h]);
    (scenario(), funds, 1_u32..99, 0_u32..200, 0_u32..20).prop_map(|(text, funds, share, bias, more)| {
        let shares = format!("shares = {{ a = \"{share}%\", b = \"{}%\" }}\n", 100 - share);
        let text = text
            .replace("[service.one]\n", &format!("[service.one]\n{shares}"))
            .replace("[cost.support]\n", &format!("[cost.support]\n{shares}"))
            .replace("[programme]\n", "[programme]\nresidual = \"straight-line\"\n");
        let tail = format!(
            "[organisation.a]\nname = \"A\"\n[organisation.b]\nname = \"B\"\npublic = false\n\
             [optimism_bias]\nbeta = \"{bias}%\"\ncontractor = \"7%\"\n[contingency]\npay = \"{more}%\"\n"
        );
        (text + &tail, funds)
    })
}

/// The same with capital that comes back: of a line, of a service, and of nothing.
fn refunded() -> impl Strategy<Value = (String, Vec<String>)> {
    (funded(), 1_u32..300, 1_u32..60, 0_usize..3).prop_map(|((text, funds), back, grant, every)| {
        let every = ["", "every = \"7 months\"\n", "every = \"2 years\"\n"][every];
        let refunds = format!(
            "[cost.back]\namount = \"-£{back},000.03\"\n{every}treatment = \"capital\"\nrefund_of = \"licence\"\n\
             [cost.grant]\namount = \"-£{grant}k a year\"\ntreatment = \"capital\"\nrefund_of = \"one\"\n\
             options = [\"team\", \"project\"]\nshares = {{ a = \"50%\", b = \"50%\" }}\n\
             [option.team.cost.stray]\namount = \"-£5k\"\ntreatment = \"capital\"\n"
        );
        (text + &refunds, funds)
    })
}

fn sum(case: &Case, of: impl Fn(&Posting<Decimal>) -> Decimal) -> Decimal {
    case.run.ledger.postings.iter().map(of).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every total is a sum of postings, by whatever road.
    #[test]
    fn totals_are_sums_of_postings(text in scenario()) {
        let case = run_text(&text);
        for (place, option) in case.run.appraisal.options.iter().enumerate() {
            let mine = |p: &Posting<Decimal>| p.option.place() == place;
            let cost = |p: &Posting<Decimal>| mine(p) && !p.kind.is_benefit();
            prop_assert_eq!(option.cost.nominal, sum(&case, |p| if cost(p) { p.financial } else { Decimal::ZERO }));
            prop_assert_eq!(option.cost.real, sum(&case, |p| if cost(p) { p.economic } else { Decimal::ZERO }));
            let benefits = sum(&case, |p| if mine(p) && p.kind.is_benefit() { p.economic } else { Decimal::ZERO });
            prop_assert_eq!(option.benefits.total().real, benefits);
            prop_assert_eq!(option.capital + option.revenue, option.cost.nominal);
            prop_assert_eq!(option.by_year.iter().map(YearRow::cash).sum::<Decimal>(), option.cost.nominal);
            prop_assert_eq!(option.by_year.iter().map(|y| y.benefits).sum::<Decimal>(), benefits);
            // A second road to the present value: each posting discounted alone.
            let present = sum(&case, |p| {
                let t = case.plan.year_of[usize::from(p.month)];
                if cost(p) { p.economic * case.plan.discount_factor(p.discount, t) } else { Decimal::ZERO }
            });
            prop_assert_eq!(present.to_penny(), option.cost.present);
        }
    }

    /// Each posting is in the cases that its kind belongs to, to whole pennies.
    #[test]
    fn postings_are_pennies_in_their_cases(text in scenario()) {
        let case = run_text(&text);
        for p in &case.run.ledger.postings {
            prop_assert_eq!(p.economic, p.economic.to_penny());
            prop_assert_eq!(p.financial, p.financial.to_penny());
            prop_assert!(p.kind.is_economic() || p.economic.is_zero());
            prop_assert!(p.kind.is_financial() || p.financial.is_zero());
            prop_assert_eq!(p.treatment == Treatment::Neither, p.kind.is_benefit());
        }
    }

    /// A crew's time in a month sums to 1, from the start of its work to its end and never outside.
    #[test]
    fn timesheets_are_full(text in scenario()) {
        let case = run_text(&text);
        for sheet in &case.run.sheets {
            let mut time: BTreeMap<_, Decimal> = BTreeMap::new();
            for entry in &sheet.entries {
                prop_assert!(entry.time >= Decimal::ZERO && entry.cost >= Decimal::ZERO, "{:?}", entry);
                let on = (entry.crew != Crew::Stream).then_some(entry.service);
                *time.entry((entry.stream, entry.crew == Crew::Renewal, on, entry.month)).or_default() += entry.time;
            }
            for (crew, whole) in &time {
                prop_assert_eq!(*whole, Decimal::ONE, "{:?}", crew);
            }
            for (place, course) in sheet.courses.iter().enumerate() {
                let at_work = |m: usize| course.work.is_some_and(|w| w <= m) && course.end.is_none_or(|e| m < e);
                for month in 0..case.plan.horizon.months() {
                    let worked = sheet.entries.iter().any(|e| {
                        e.stream.place() == place && e.crew == Crew::Stream && e.month == month
                    });
                    prop_assert_eq!(worked, at_work(month), "stream {} month {}", place, month);
                }
            }
        }
    }

    /// What users have is never taken back; a service is released before or when it is live.
    #[test]
    fn services_live_forwards(text in scenario()) {
        let case = run_text(&text);
        for life in case.run.sheets.iter().flat_map(|sheet| &sheet.lives) {
            for pair in life.months.windows(2) {
                prop_assert!(pair[0].released <= pair[1].released && pair[1].released <= Decimal::ONE);
                prop_assert!(pair[0].improvement <= pair[1].improvement);
                prop_assert!(pair[0].neglect >= Decimal::ZERO);
            }
            if let Some(live) = life.live {
                prop_assert!(life.first_release.is_some_and(|first| first <= live));
                prop_assert_eq!(life.months.get(live).map(|m| m.released), Some(Decimal::ONE));
            }
        }
    }

    /// The exact kernel and the fast one agree to a penny a posting.
    #[test]
    fn decimal_and_f64_agree_to_a_penny(text in scenario()) {
        let case = run_text(&text);
        let values: Vec<f64> = case.scenario.central().iter().map(|&v| Number::to_f64(v)).collect();
        let fast = run(&case.scenario.realise(&values));
        let key = |month, element, activity, category, index: wholelife::id::IndexId, treatment, kind: Kind| {
            (month, element, activity, category, (index, treatment, kind))
        };
        let mut gaps: BTreeMap<_, (f64, f64, f64)> = BTreeMap::new();
        for p in &case.run.ledger.postings {
            let key = (p.option, key(p.month, p.element, p.activity, p.category, p.index, p.treatment, p.kind));
            let gap = gaps.entry(key).or_default();
            gap.0 += Number::to_f64(p.economic);
            gap.1 += Number::to_f64(p.financial);
            gap.2 += 1.0;
        }
        for p in &fast.ledger.postings {
            let key = (p.option, key(p.month, p.element, p.activity, p.category, p.index, p.treatment, p.kind));
            let gap = gaps.entry(key).or_default();
            gap.0 -= p.economic;
            gap.1 -= p.financial;
        }
        for (key, (economic, financial, postings)) in gaps {
            // What is spread over months takes its odd pence in the last of them, and so may be off by several pence there.
            let is_spread = matches!(key.1.1, Element::Line(_) | Element::Post(_));
            let allowed = f64::max(postings, 1.0) * if is_spread { 0.15 } else { 0.0101 };
            let is_near = economic.abs() < allowed && financial.abs() < allowed;
            prop_assert!(is_near, "{:?}: {} {}", key, economic, financial);
        }
    }

    /// Months that are alike, taken in one step, come to what they come to one by one.
    #[test]
    fn months_alike_add_up(text in scenario()) {
        let case = run_text(&text);
        let values: Vec<f64> = case.scenario.central().iter().map(|&v| Number::to_f64(v)).collect();
        let plan = case.scenario.realise(&values);
        for option in &plan.options {
            months_add_up(&plan, option);
        }
    }

    /// The order in which options stand in the file changes nothing about them.
    #[test]
    fn options_do_not_touch_each_other(text in scenario()) {
        let case = run_text(&text);
        let at = text.find("[option.team]").expect("there is one");
        let project = text.find("[option.project]").expect("there is one");
        let swapped = run_text(&format!("{}{}{}", &text[..at], &text[project..], &text[at..project]));
        for (here, there) in [(0, 0), (1, 2), (2, 1)] {
            let (a, b) = (&case.run.appraisal.options[here], &swapped.run.appraisal.options[there]);
            prop_assert_eq!((a.cost, a.npsv, &a.by_year), (b.cost, b.npsv, &b.by_year));
        }
    }

    /// More overrun never makes a service live earlier, and more inflation never makes cash less. Nothing stalls here: a
    /// stall comes with the month, and a service that just goes live before it, with more overrun, is spared it.
    #[test]
    fn worse_is_never_better(text in scenario()) {
        let text: String = text.split_inclusive('\n').filter(|line| !line.starts_with("stall = ")).collect();
        let case = run_text(&text);
        let slower = run_text(&text.replace("overrun = \"", "overrun = \"1"));
        for (a, b) in case.run.sheets.iter().zip(&slower.run.sheets) {
            // The second stream of an option waits on the first, and meets its team: look at the first alone.
            for (x, y) in a.lives.iter().zip(&b.lives).take(1) {
                prop_assert!(y.live.unwrap_or(usize::MAX) >= x.live.unwrap_or(usize::MAX));
            }
        }
        let dearer = run_text(&text.replace("[index.general]\ngrowth = \"", "[index.general]\ngrowth = \"1"));
        for (a, b) in case.run.appraisal.options.iter().zip(&dearer.run.appraisal.options) {
            prop_assert!(b.cost.nominal >= a.cost.nominal);
        }
    }

    /// Paid + gap = need; brought forward + granted = paid + carried + lapsed; nothing is paid twice, and never
    /// more than any allocation could pay.
    #[test]
    fn funds_balance((text, funds) in funded()) {
        let case = run_text(&format!("{text}{}", funds.concat()));
        for (place, funding) in case.run.funding.iter().enumerate() {
            let measures = &case.run.appraisal.options[place];
            for t in 0..case.plan.horizon.years() {
                let need = funding.need(None, t);
                prop_assert_eq!(need.cost, [measures.by_year[t].capital, measures.by_year[t].revenue]);
                prop_assert!(need.gap().iter().all(|gap| *gap >= Decimal::ZERO));
                let paid: Decimal = funding.funds.iter().map(|fund| fund.years[t].paid(None)).sum();
                prop_assert_eq!(paid, need.paid[0] + need.paid[1]);
            }
            for fund in &funding.funds {
                let mut carried = Decimal::ZERO;
                for year in &fund.years {
                    prop_assert_eq!(year.brought_forward, carried);
                    prop_assert_eq!(year.brought_forward + year.granted, year.paid(None) + year.carried + year.lapsed);
                    carried = year.carried;
                }
                prop_assert_eq!(carried, Decimal::ZERO);
            }
            prop_assert!(funding.paid() <= funding.most_payable);
            let more = funding.least_more(&case.plan);
            prop_assert!(more.iter().flatten().all(|part| *part >= Decimal::ZERO));
            let cost: Decimal = (0..more.len()).flat_map(|t| funding.need(None, t).cost).sum();
            prop_assert_eq!(more.into_iter().flatten().sum::<Decimal>(), cost - funding.most_payable);
        }
    }

    /// The checks that a run makes of itself hold, refunds, ended services and part years included; what is left of an
    /// asset in the economic case is never below nought, and paying the equivalent annual cost is paying it all.
    #[test]
    fn runs_pass_their_own_checks((text, funds) in refunded(), lag in any::<bool>()) {
        let from = if lag { "from year 1" } else { "from year 0" };
        let text = text.replace("[programme]\n", &format!("[programme]\nannuity = \"{from}\"\n"));
        let case = run_text(&(text + &funds.concat()));
        for check in &case.checks {
            prop_assert!(check.passed(), "{}: {:?}", check.name, check.left);
        }
        for posting in case.run.ledger.postings.iter().filter(|posting| posting.kind == Kind::Residual) {
            prop_assert!(posting.economic < Decimal::ZERO);
        }
        for (option, sheet) in case.run.appraisal.options.iter().zip(&case.run.sheets) {
            // Nobody works on a service that has ended, and nothing is paid for it but what was left to do.
            for entry in &sheet.entries {
                let ended = entry.service.is_some_and(|id| case.plan.has_ended(id, entry.month as i64));
                prop_assert!(!ended || entry.work == Decimal::ZERO, "{:?}", entry);
            }
            if let Some(full) = option.full_benefit {
                for benefit in &case.plan.benefits {
                    let life = &sheet.lives[benefit.service.place()];
                    let end = case.plan.services[benefit.service.place()].end;
                    prop_assert!(life.stream.is_none() || life.live.is_some_and(|live| live <= full) && full < end);
                }
            }
        }
    }

    /// The order of funds changes what is paid, never what any allocation could pay.
    #[test]
    fn the_bound_knows_no_order((text, funds) in funded()) {
        let case = run_text(&format!("{text}{}", funds.concat()));
        let moved = run_text(&format!("{text}{}{}{}", funds[2], funds[0], funds[1]));
        for (a, b) in case.run.funding.iter().zip(&moved.run.funding) {
            prop_assert_eq!(a.most_payable, b.most_payable);
        }
    }

    /// Balances close, asset by asset and year by year, and what is spent is written down, written off or left.
    #[test]
    fn corkscrews_close((text, _) in refunded()) {
        let case = run_text(&text);
        for (accounts, measures) in case.run.accounts.iter().zip(&case.run.appraisal.options) {
            for asset in &accounts.assets {
                let mut opening = Decimal::ZERO;
                let mut mine = case.run.postings(measures.id).iter().filter(|p| case.plan.asset_of(p.element) == Some(asset.of));
                let comes_back = mine.any(|p| p.treatment == Treatment::Capital && p.financial < Decimal::ZERO);
                for year in &asset.years {
                    prop_assert_eq!(year.opening, opening);
                    prop_assert_eq!(year.closing, opening + year.additions - year.amortisation - year.impairment);
                    prop_assert!(year.closing >= Decimal::ZERO && year.construction <= year.closing);
                    prop_assert!(year.amortisation >= Decimal::ZERO && year.pdc_dividend >= Decimal::ZERO);
                    // What comes back beyond the worth of its asset is a gain.
                    prop_assert!(year.impairment >= Decimal::ZERO || comes_back);
                    opening = year.closing;
                }
            }
            // Capital limit, capital need and additions are one figure by three roads.
            for (t, year) in measures.by_year.iter().enumerate() {
                prop_assert_eq!(accounts.balance(None, t).additions, year.capital);
                prop_assert_eq!(accounts.result(None, t).limits().capital, year.capital);
                prop_assert_eq!(accounts.result(None, t).limits().resource, year.revenue);
            }
        }
    }

    /// The economic total reaches the financial one by its causes; organisations sum to the whole.
    #[test]
    fn cases_reconcile_and_organisations_sum((text, _) in refunded()) {
        let case = run_text(&text);
        let organisations = [Some(OrganisationId::new(0)), Some(OrganisationId::new(1))];
        for place in 0..case.scenario.options.len() {
            let id = OptionId::new(place);
            let whole = bridge(&case, id, None);
            let parts = organisations.map(|organisation| bridge(&case, id, organisation));
            for bridge in parts.iter().chain([&whole]) {
                let way: Decimal = bridge.steps().iter().map(|(_, step)| *step).sum();
                prop_assert_eq!(bridge.economic + way, bridge.financial);
            }
            let measures = &case.run.appraisal.options[place];
            prop_assert_eq!((whole.economic, whole.financial), (measures.cost.real, measures.cost.nominal));
            prop_assert_eq!(parts[0].financial + parts[1].financial, whole.financial);
            prop_assert_eq!(parts[0].economic + parts[1].economic, whole.economic);
            for t in 0..case.plan.horizon.years() {
                let accounts = &case.run.accounts[place];
                let [a, b] = organisations.map(|organisation| accounts.result(organisation, t));
                prop_assert_eq!(a.plus(&b), accounts.result(None, t));
                let [a, b] = organisations.map(|organisation| accounts.balance(organisation, t));
                prop_assert_eq!(a.plus(&b), accounts.balance(None, t));
            }
        }
    }
}

proptest! {
    // Fewer cases: each asks for some ten thousand figures.
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every figure that lies behind another comes to what its formula says: `explain` stops the run if not.
    #[test]
    fn every_figure_can_be_explained((text, funds) in refunded()) {
        let case = run_text(&(text + &funds.concat()));
        let explainer = Explainer::new(&case.scenario, &case.plan, &case.run);
        let mut left: Vec<Name> = explainer.figures().into_iter().chain(explainer.rows()).collect();
        let mut seen: BTreeSet<Name> = left.iter().copied().collect();
        while let Some(name) = left.pop() {
            figures_in(&explainer.explain(name).formula, &mut |name| {
                if seen.insert(name) {
                    left.push(name);
                }
            });
        }
    }
}
