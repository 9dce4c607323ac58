//! Sensitivity, the two-way grid and switching values, against answers worked by hand; and the promise that a
//! reported switching value, put back by `--set`, makes the two options equal or turns their order.

#[cfg(feature = "cli")]
mod command;

use proptest::prelude::*;
use rust_decimal::Decimal;
use wholelife::chart::Body;
use wholelife::export::diagnostics;
use wholelife::id::{InputId, OptionId};
use wholelife::report::{self, Case, Measure, quantity};
use wholelife::scenario::{self, Request, Scenario, Unit};
use wholelife::table::Cell;
use wholelife::uncertainty::{
    Axis, By, Figures, Pair, Range, Swing, Switching, Turn, TurnKind, Worlds, grid, may_vary, near_turns,
    sensitivity, switching,
};

/// Options `a` and `b`, no inflation, and a worker who costs £10,000 a month.
const WORLD: &str = r#"
[programme]
name  = "Test"
start = "2026-04"
years = 1
[index.general]
growth = "0%"
[index.pay]
growth = "0%"
[option.a]
name = "A"
"#;
const IDLE_B: &str = "[option.b]\nname = \"B\"\n";

fn read(text: &str, set: &[&str]) -> Scenario {
    let set: Vec<String> = set.iter().map(|change| (*change).to_owned()).collect();
    let tables = |name: &str| Err(format!("there is no {name}"));
    let reading = scenario::read(&Request { name: "test.toml", text, set: &set, tables: &tables });
    let told = diagnostics::render(&reading.diagnostics, &reading.sources, false);
    reading.scenario.unwrap_or_else(|| panic!("{set:?}: {told}"))
}

fn number(text: &str) -> Decimal {
    text.replace(',', "").parse().expect("a number")
}

fn option(scenario: &Scenario, id: &str) -> OptionId {
    OptionId::new(scenario.options.iter().position(|o| o.id == id).expect("an option of that name"))
}

fn pair(scenario: &Scenario, first: &str, second: &str) -> Pair {
    Pair { first: option(scenario, first), second: option(scenario, second), by: By::Cost }
}

/// The switching values of the only uncertain input, which is `key`.
fn turns(text: &str, key: &str) -> (Scenario, Switching) {
    let scenario = read(text, &[]);
    let [input] = may_vary(&scenario)[..] else { panic!("one uncertain input") };
    assert_eq!(scenario.inputs[input.place()].key, key);
    let range = Range::of(scenario.inputs[input.place()].estimate).expect("a range");
    let found = switching(&scenario, input, range, pair(&scenario, "a", "b"));
    (scenario, found)
}

/// Two cost lines, one of each option.
fn lines(a: &str, b: &str) -> String {
    format!(
        "{WORLD}{IDLE_B}[cost.a]\namount = {a}\noptions = [\"a\"]\n[cost.b]\namount = {b}\noptions = [\"b\"]\n"
    )
}

/// One of two values is uncertain, unless it is certain which.
#[test]
fn what_is_certain_to_happen_is_not_uncertain() {
    for (chance, vary) in [("0%", 0), ("15%", 1), ("100%", 0)] {
        let amount = format!("{{ chance = \"{chance}\", then = \"£5k\", else = \"£1k\" }}");
        assert_eq!(may_vary(&read(&lines(&amount, "\"£2k\""), &[])).len(), vary, "{chance}");
    }
}

/// A costs £103,456.78 and B what it costs: equal where B costs that.
#[test]
fn a_break_even_is_found_to_the_penny() {
    let text = lines("\"£103,456.78\"", "{ low = \"£80k\", likely = \"£90k\", high = \"£130k\" }");
    let (scenario, found) = turns(&text, "cost.b.amount");
    let [turn] = found.turns[..] else { panic!("{found:?}") };
    assert_eq!((turn.kind, turn.below.value), (TurnKind::Equal, number("103,456.78")));
    assert_eq!(turn.below.difference, Decimal::ZERO);
    // Below it B is the cheaper one.
    let [a, b] = ["a", "b"].map(|id| Some(option(&scenario, id)));
    assert_eq!(turn.preferred, [b, a]);
    assert_eq!(found.central.difference, number("13,456.78"));
}

/// £1,028.80 a month for 12 months is £12,345.60.
#[test]
fn a_break_even_is_in_the_input_s_own_unit() {
    let b = "{ low = \"£900 a month\", likely = \"£950 a month\", high = \"£2k a month\" }";
    let (scenario, found) = turns(&lines("\"£12,345.60\"", b), "cost.b.amount");
    assert_eq!(found.turns[0].below.value, number("1028.80"));
    let case = Case::new(scenario);
    let table = report::switching(&case, &[found], pair(&case.scenario, "a", "b"));
    assert_eq!(table.rows[0].cells[2], Cell::text("equal at £1,028.80 a month"));
}

#[test]
fn where_there_is_none_the_range_is_told() {
    let text = lines("\"£200k\"", "{ low = \"£80k\", likely = \"£90k\", high = \"£130k\" }");
    let (scenario, found) = turns(&text, "cost.b.amount");
    assert_eq!(found.turns, []);
    let case = Case::new(scenario);
    let table = report::switching(&case, &[found], pair(&case.scenario, "a", "b"));
    assert_eq!(table.rows[0].cells[2], Cell::text("none between £80k and £130k"));
    assert_eq!(table.rows[0].cells[3], Cell::text("B"));
    let said = report::switching_sentences(&case, case.pair());
    assert_eq!(
        said,
        ["No uncertain input, by itself at its low or its high, changes that B costs less than A."]
    );
}

/// At the end of the range the two are equal: that is told, with nothing beyond.
#[test]
fn equality_at_an_end_of_the_range_counts() {
    let text = lines("\"£130k\"", "{ low = \"£80k\", likely = \"£90k\", high = \"£130k\" }");
    let (scenario, found) = turns(&text, "cost.b.amount");
    let [turn] = found.turns[..] else { panic!("{found:?}") };
    assert_eq!((turn.kind, turn.below.value), (TurnKind::Equal, number("130,000")));
    assert_eq!(turn.preferred, [Some(option(&scenario, "b")), None]);
}

/// Ten contractors of 220 days: £2,200 for each pound of day rate, so £22 a penny. £1,000,000 is £454.5454...
#[test]
fn where_a_penny_is_too_coarse_the_two_pennies_are_told() {
    let text = format!(
        "{WORLD}{IDLE_B}[role]\nw = {{ day_rate = {{ low = \"£400\", likely = \"£450\", high = \"£500\" }}, days = \
         220, vat = \"none\" }}\n[post.p]\nrole = \"w\"\nfte = 10\noptions = [\"a\"]\n[cost.b]\namount = \
         \"£1m\"\noptions = [\"b\"]\n"
    );
    let (_, found) = turns(&text, "role.w.day_rate");
    let [turn] = found.turns[..] else { panic!("{found:?}") };
    assert_eq!(turn.kind, TurnKind::Neighbours);
    assert_eq!([turn.below.value, turn.above.value], [number("454.54"), number("454.55")]);
    assert_eq!([turn.below.difference, turn.above.difference], [number("-12"), number("10")]);
}

/// With u = 1 + growth, A costs n x (u - p)(u - q) = n x (u^2 - (p + q) u + p q) and B nothing. The amounts of
/// later years make up for the discount of 3.5%.
fn parabola(amounts: [&str; 3]) -> String {
    let [zero, one, two] = amounts;
    let world = WORLD.replace("years = 1", "years = 3");
    format!(
        "{world}{IDLE_B}[index.x]\ngrowth = {{ low = \"0%\", likely = \"15%\", high = \"30%\" }}\n[cost.a]\nindex = \
         \"x\"\nby_year = {{ \"2026-27\" = \"{zero}\", \"2027-28\" = \"{one}\", \"2028-29\" = \"{two}\" }}\noptions \
         = [\"a\"]\n"
    )
}

/// n = £1m, p = 1.1 and q = 1.2: 1.32m; -2.3m x 1.035; 1m x 1.035^2.
#[test]
fn both_of_two_values_are_found() {
    let (scenario, found) = turns(&parabola(["£1,320,000", "-£2,380,500", "£1,071,225"]), "index.x.growth");
    let values: Vec<Decimal> = found.turns.iter().map(|turn| turn.below.value).collect();
    assert_eq!(values, [number("0.1"), number("0.2")]);
    let [a, b] = ["a", "b"].map(|id| Some(option(&scenario, id)));
    let preferred: Vec<_> = found.turns.iter().map(|turn| turn.preferred).collect();
    assert_eq!(preferred, [[b, a], [a, b]], "dearer, cheaper, dearer");
}

/// n = £1bn, p = 1.1505 and q = 1.1515: both lie in one cell of the first grid, and neither on a point of it.
#[test]
fn two_values_close_together_are_found() {
    let text = parabola(["£1,324,800,750", "-£2,382,570,000", "£1,071,225,000"]);
    let (_, found) = turns(&text, "index.x.growth");
    let values: Vec<Decimal> = found.turns.iter().map(|turn| turn.below.value.round_dp(6)).collect();
    assert_eq!(values, [number("0.1505"), number("0.1515")]);
}

/// A service of 2 team-months and then `beta`, at £10,000 a team-month; what it replaces costs £1,000 a month
/// until go-live and `overlap`. In B it is not delivered, so that goes on for 12 months; B bears `cost` too.
fn service(beta: &str, overlap: &str, cost: &str) -> String {
    format!(
        "{WORLD}{IDLE_B}[role]\nworker = {{ cost = \"£120k\" }}\n[team.one]\nmembers = {{ worker = 1 }}\n[approach.p]\nkind \
         = \"temporary\"\nteam = \"one\"\n[service.s]\neffort = {{ discovery = \"1 team-month\", alpha = \"1 \
         team-month\", beta = {beta} }}\nrun = \"£0 a year\"\nupkeep = \"0 team-months a year\"\nlegacy = {{ run = \
         \"£12k a year\", growth = \"0%\", overlap = {overlap}, exit = \"£0\" }}\n[option.a.stream.x]\napproach = \
         \"p\"\nservices = [\"s\"]\nstart = \"2026-04\"\n[cost.b]\namount = \"{cost}\"\noptions = [\"b\"]\n"
    )
}

/// A: 4 months of team and legacy, and the overlap: £44,000 + £1,000 a month. B: £12,000 + £37,500. A is the
/// cheaper one up to 5 months (£49,000), the dearer one from 6 on (£50,000).
#[test]
fn an_input_in_whole_months_is_a_step() {
    let overlap = "{ low = \"0 months\", likely = \"2 months\", high = \"8 months\" }";
    let text = service("\"2 team-months\"", overlap, "£37,500");
    let (scenario, found) = turns(&text, "service.s.legacy.overlap");
    let [turn] = found.turns[..] else { panic!("{found:?}") };
    assert_eq!(turn.kind, TurnKind::WholeMonths);
    assert_eq!([turn.below.value, turn.above.value], [number("5"), number("6")]);
    assert_eq!([turn.below.difference, turn.above.difference], [number("-500"), number("500")]);
    assert_eq!(turn.value(found.central.value), number("6"));
    let case = Case::new(scenario);
    let table = report::switching(&case, &[found], pair(&case.scenario, "a", "b"));
    assert_eq!(table.rows[0].cells[2], Cell::text("from 6 months on (not yet at 5 months)"));
    let said = report::switching_sentences(&case, case.pair());
    assert_eq!(
        said,
        [
            "B would cost less than A if, by itself, `service.s.legacy.overlap` were 6 months or more (likely 2 months)."
        ]
    );
}

/// A is paid in whole months: 3 of them cost £33,000, 4 of them £44,000; B costs £42,000. So the order flips as
/// beta grows beyond 1 team-month, and nowhere are the two equal.
#[test]
fn a_jump_is_told_as_one() {
    let beta = "{ low = \"0.5 team-months\", likely = \"0.8 team-months\", high = \"3 team-months\" }";
    let (_, found) = turns(&service(beta, "\"0 months\"", "£30k"), "service.s.effort.beta");
    let [turn] = found.turns[..] else { panic!("{found:?}") };
    assert_eq!(turn.kind, TurnKind::Jump);
    assert!(turn.below.value <= Decimal::ONE && turn.above.value > Decimal::ONE, "{turn:?}");
    assert!(turn.above.value - turn.below.value <= number("0.01"), "{turn:?}");
    assert_eq!([turn.below.difference, turn.above.difference], [number("-9000"), number("2000")]);
}

#[test]
fn an_input_of_two_values_is_either_or() {
    let text = lines("\"£100k\"", "{ chance = \"20%\", then = \"£130k\", else = \"£80k\" }");
    let (_, found) = turns(&text, "cost.b.amount");
    let [turn] = found.turns[..] else { panic!("{found:?}") };
    assert_eq!(turn.kind, TurnKind::EitherOr);
    assert_eq!([turn.below.difference, turn.above.difference], [number("20,000"), number("-30,000")]);
}

/// £1,000 a month between £900 and £1,500 for 12 months: £7,200 of cost, and of difference; and an input that
/// does nothing to it.
#[test]
fn sensitivity_of_a_linear_model_is_coefficient_times_range() {
    let a = "{ low = \"£900 a month\", likely = \"£1k a month\", high = \"£1.5k a month\" }";
    let idle = "[option.c]\nname = \"C\"\n[cost.c]\namount = { low = \"£1\", likely = \"£2\", high = \"£3\" }\n\
                options = [\"c\"]\n";
    let case = Case::new(read(&(lines(a, "\"£12k\"") + idle), &[]));
    let result = sensitivity(&case.scenario);
    let (a, b) = (option(&case.scenario, "a"), option(&case.scenario, "b"));
    let difference = Measure::Difference(a, b);
    let (ranked, without) = result.ranked(&case.scenario, |f| difference.of(f));
    let swing = ranked[0];
    assert_eq!(swing.swing(&result.central, |f| f.cost[a.place()]), number("7200"));
    assert_eq!(swing.swing(&result.central, |f| f.npsv[a.place()]), number("7200"));
    assert_eq!([difference.of(&swing.low), difference.of(&swing.high)], [number("-1200"), number("6000")]);
    assert_eq!(difference.of(&result.central), Decimal::ZERO);
    let key = |place: usize| case.scenario.inputs[place].key.as_str();
    assert_eq!(without.iter().map(|s| key(s.input.place())).collect::<Vec<_>>(), ["cost.c.amount"]);
    let table = report::sensitivity(&case, &result, difference);
    assert_eq!(table.rows.len(), 1);
    assert_eq!(
        table.rows[0].cells[1..4],
        ["£900 a month", "£1,000 a month", "£1,500 a month"].map(Cell::text)
    );
    assert!(
        table.notes.contains(&"No effect on this figure: `cost.c.amount`.".to_owned()),
        "{:?}",
        table.notes
    );
}

/// The largest swing first; equal ones in the order of their keys.
#[test]
fn inputs_are_ranked_by_swing() {
    let range = "{ low = \"£1k\", likely = \"£2k\", high = \"£3k\" }";
    let text = lines(range, range)
        + "[cost.z]\namount = { low = \"£1k\", likely = \"£2k\", high = \"£9k\" }\noptions = [\"a\"]\n";
    let scenario = read(&text, &[]);
    let result = sensitivity(&scenario);
    let (a, b) = (option(&scenario, "a"), option(&scenario, "b"));
    let (ranked, _) = result.ranked(&scenario, |figures| figures.difference((a, b)));
    let keys: Vec<&str> = ranked.iter().map(|s| scenario.inputs[s.input.place()].key.as_str()).collect();
    assert_eq!(keys, ["cost.z.amount", "cost.a.amount", "cost.b.amount"]);
}

/// £1,618 at low, £1,473 central, £1,578 at high: the ends are £40 apart, and the central figure £145 from the farther.
#[test]
fn a_swing_counts_the_central_figure() {
    let figures = |cost: &str| Figures { cost: vec![number(cost)], npsv: vec![number(cost)] };
    let range = Range { low: number("7"), high: number("14") };
    let swing = Swing { input: InputId::new(0), range, low: figures("1618"), high: figures("1578") };
    for (central, apart) in [("1473", "145"), ("1600", "40"), ("1700", "122")] {
        assert_eq!(swing.swing(&figures(central), |f| f.cost[0]), number(apart), "central {central}");
    }
}

/// In patient access both ends of `effort.beta` make the difference larger: its ends are near each other, and it is by
/// no means the input that does least. Table, rows for programs, chart and its words have it in the same place.
#[test]
fn an_input_whose_ends_lie_on_one_side_is_ranked_by_all_it_does() {
    let case = Case::new(read(PATIENT_ACCESS, &[]));
    let pair = case.pair().expect("a pair");
    let result = sensitivity(&case.scenario);
    let (ranked, _) = result.ranked(&case.scenario, |figures| figures.difference(pair));
    let key = |swing: &Swing| case.scenario.inputs[swing.input.place()].key.clone();
    let place = ranked
        .iter()
        .position(|swing| key(swing) == "service.booking.effort.beta")
        .expect("it has an effect");
    let [low, high] = [&ranked[place].low, &ranked[place].high].map(|figures| figures.difference(pair));
    let central = result.central.difference(pair);
    assert!(low.min(high) > central, "both ends on one side");
    let apart = low.max(high) - central;
    let measure = Measure::Difference(pair.0, pair.1);
    let table = report::sensitivity(&case, &result, measure);
    assert_eq!(table.rows[place].cells[0].words(), "service.booking.effort.beta");
    assert_eq!(table.rows[place].cells.last(), Some(&Cell::Money(apart)));
    let rows = report::sensitivity_rows(&case, &result, &[measure]);
    assert_eq!(rows.rows[place].cells.last(), Some(&Cell::Money(apart)));
    // Before, it came last of all that have an effect.
    assert!(place + 1 < ranked.len());
    let Body::Tornado(chart) = report::tornado_chart(&case, &result, pair).body else { panic!("a tornado") };
    assert_eq!(chart.inputs[place].name, "service.booking.effort.beta");
}

const PATIENT_ACCESS: &str = include_str!("../../scenarios/patient-access.toml");

/// Wide ranges, so that most of these inputs do change the preferred option.
const WIDE: [(&str, &str, &str); 12] = [
    ("role.contract-developer.day_rate", "£0", "£3,000"),
    ("approach.project.approval.lead", "0 months", "60 months"),
    ("approach.project.overrun", "0%", "600%"),
    ("approach.team.overrun", "0%", "200%"),
    ("approach.team.approval.lead", "0 months", "60 months"),
    ("approach.team.forming.time", "0 months", "60 months"),
    ("approach.team.settled.gain", "0%", "400%"),
    ("approach.project.renewal.every", "12 months", "132 months"),
    ("team.product.members.developer", "0", "5"),
    ("approach.staged.overrun", "0%", "600%"),
    ("service.booking.effort.beta", "1 team-month", "80 team-months"),
    ("service.booking.benefit.missed-appointments.value", "£0 a year", "£9m a year"),
];

fn value_of(key: &str, text: &str) -> Decimal {
    let scenario = read(PATIENT_ACCESS, &[&format!("{key}={text}")]);
    let input = scenario.inputs.iter().find(|input| input.key == key).expect("an input");
    input.estimate.central()
}

/// The difference when a value is put back as text, as a user would.
fn put_back(turn: &Turn, key: &str, unit: Unit, pair: Pair, value: Decimal) -> Decimal {
    let scenario = read(PATIENT_ACCESS, &[&format!("{key}={}", quantity(value, unit))]);
    let difference = pair.difference(&Worlds::new(&scenario).appraise(&[]));
    let reported = if value == turn.below.value { turn.below } else { turn.above };
    assert_eq!(difference, reported.difference, "{key} at {}", quantity(value, unit));
    difference
}

#[test]
fn a_switching_value_put_back_makes_equal_or_turns_the_order() {
    let scenario = read(PATIENT_ACCESS, &[]);
    let worlds = Worlds::new(&scenario);
    let mut seen = Vec::new();
    for (first, second) in [("team", "project"), ("staged", "project"), ("team", "staged")] {
        for by in [By::Cost, By::Npsv] {
            let pair = Pair { by, ..pair(&scenario, first, second) };
            for (key, low, high) in WIDE {
                let input = worlds.input(key).expect("an input");
                let range = Range { low: value_of(key, low), high: value_of(key, high) };
                let found = switching(&scenario, input, range, pair);
                for turn in &found.turns {
                    let value = turn.value(found.central.value);
                    let [below, above] = [turn.below.value, turn.above.value]
                        .map(|value| put_back(turn, key, worlds.unit(input), pair, value));
                    seen.push(turn.kind);
                    if turn.kind == TurnKind::Equal {
                        assert!(below.abs() <= Decimal::ONE, "{key}: {below} at {value}");
                    } else {
                        assert_eq!(
                            [below, above].map(|d| pair.preferred(d)),
                            turn.preferred,
                            "{key}: {turn:?}"
                        );
                    }
                    assert!([turn.below.value, turn.above.value].contains(&value), "{key}");
                }
                let alternates = found.turns.windows(2).all(|two| two[0].preferred[1] == two[1].preferred[0]);
                assert!(alternates, "{key}: {found:?}");
            }
        }
    }
    for kind in [TurnKind::Equal, TurnKind::Neighbours, TurnKind::WholeMonths, TurnKind::Jump] {
        assert!(seen.contains(&kind), "no {kind:?} among {}", seen.len());
    }
}

/// What is said in words holds: at the value named, the order is the other one.
#[test]
fn a_value_named_in_words_turns_the_order() {
    let scenario = read(PATIENT_ACCESS, &["team.product.members.developer=2"]);
    let worlds = Worlds::new(&scenario);
    let mut named = 0;
    for (first, second) in [("team", "project"), ("staged", "project"), ("team", "staged")] {
        let pair = pair(&scenario, first, second);
        let now = pair.preferred(pair.difference(&worlds.appraise(&[])));
        for near in near_turns(&scenario, pair) {
            named += 1;
            let then = pair.preferred(pair.difference(&worlds.appraise(&[(near.input, near.value)])));
            assert!(then.is_some() && then != now, "{near:?}");
        }
    }
    assert!(named > 3, "{named}");
}

#[test]
fn the_corners_of_a_grid_are_single_runs() {
    let scenario = read(PATIENT_ACCESS, &[]);
    let worlds = Worlds::new(&scenario);
    let keys = ["approach.project.approval.lead", "approach.team.coordination"];
    let ends = [["6 months", "36 months"], ["0%", "10%"]];
    let axes: Vec<Axis> = keys
        .iter()
        .zip(ends)
        .map(|(key, [low, high])| {
            let range = Range { low: value_of(key, low), high: value_of(key, high) };
            Axis::new(&scenario, worlds.input(key).expect("an input"), range, 4)
        })
        .collect();
    let axes = <[Axis; 2]>::try_from(axes).expect("two");
    assert_eq!(axes[0].values, ["6", "16", "26", "36"].map(number));
    let grid = grid(&scenario, axes);
    for (i, row) in [(0, 0), (1, 3)] {
        for (j, column) in [(0, 0), (1, 3)] {
            let set = [format!("{}={}", keys[0], ends[0][i]), format!("{}={}", keys[1], ends[1][j])];
            let alone = Case::new(read(PATIENT_ACCESS, &[&set[0], &set[1]]));
            let costs: Vec<Decimal> = alone.run.appraisal.options.iter().map(|o| o.cost.present).collect();
            assert_eq!(grid.figures[row][column].cost, costs);
        }
    }
}

/// A parameter that the scenario overrides stands behind defaults: they move with it, as under `--set`.
#[test]
fn what_rests_on_a_parameter_moves_with_it() {
    let text = PATIENT_ACCESS.to_owned() + "\n[parameter]\ndefault.useful-life = \"4 years\"\n[residual]\n";
    let text = text
        .replace("[residual]\n", "")
        .replace("[programme]\n", "[programme]\nresidual = \"straight-line\"\n");
    let scenario = read(&text, &[]);
    let worlds = Worlds::new(&scenario);
    let key = "parameter.default.useful-life";
    let moved = worlds.appraise(&[(worlds.input(key).expect("an input"), number("84"))]);
    let set = Worlds::new(&read(&text, &[&format!("{key}=7 years")])).appraise(&[]);
    let npsv = |appraisal: &wholelife::appraisal::Appraisal<Decimal>| {
        appraisal.options.iter().map(|o| o.npsv).collect::<Vec<_>>()
    };
    assert_eq!(npsv(&moved), npsv(&set));
    assert_ne!(npsv(&moved), npsv(&worlds.appraise(&[])), "the life matters here");
}

/// One input of each unit, with the text of a value put into it.
const UNITS: [(&str, Unit); 8] = [
    ("cost.once.amount", Unit::Pounds),
    ("cost.yearly.amount", Unit::PoundsAYear),
    ("cost.monthly.amount", Unit::PoundsAMonth),
    ("approach.p.overrun", Unit::Rate),
    ("approach.p.forming.time", Unit::Months),
    ("service.s.effort.beta", Unit::TeamMonths),
    ("service.s.upkeep", Unit::TeamMonthsAYear),
    ("team.one.members.worker", Unit::Count),
];

fn every_unit() -> String {
    let text = service("\"2 team-months\"", "\"0 months\"", "£1");
    let text = text.replace("[service.s]", "forming = { time = \"1 month\", from = \"50%\" }\n[service.s]");
    let line = |name: &str, amount: &str| format!("[cost.{name}]\namount = \"{amount}\"\n");
    text + &line("once", "£1") + &line("yearly", "£1 a year") + &line("monthly", "£1 a month")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back(
        pence in -10_000_000_000_000_i64..10_000_000_000_000,
        thousands in -100_000_000_i64..100_000_000,
        digits in 1_i64..9_000_000_000_000,
        places in 10_u32..13,
    ) {
        let text = every_unit();
        for money in [Decimal::new(pence, 2), Decimal::from(thousands * 1000)] {
            for (key, unit) in UNITS {
                let value = match unit {
                    Unit::Pounds | Unit::PoundsAYear | Unit::PoundsAMonth => money,
                    Unit::Rate => Decimal::new(digits, places + 2),
                    _ => Decimal::new(digits, places),
                };
                let written = quantity(value, unit);
                let scenario = read(&text, &[&format!("{key}={written}")]);
                let input = scenario.inputs.iter().find(|input| input.key == key).expect("an input");
                prop_assert_eq!((input.estimate.central(), input.unit), (value, unit), "{}", written);
            }
        }
    }
}
