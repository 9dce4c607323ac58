//! Assumptions: every input of the scenario and every parameter, and which of them the workbook follows.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::id::{InputId, LineId};
use crate::number::Number;
use crate::parameters::{Edition, Figure, FigureUnit};
use crate::report::known::known;
use crate::report::{Case, quantity};
use crate::scenario::{Amount, Estimate, Flow, Input, Origin, Scenario, Shares, Unit, Vat};
use crate::workbook::{Area, Live, Role, Rule, Sheet, Shown, Spot, Taken, Test};

/// The inputs as cells.
pub(super) struct Assumptions {
    pub(super) sheet: Sheet,
    spots: Vec<Spot>,
    /// By line: how much of the VAT charged on it is borne; `None` where none is charged.
    borne: Vec<Option<Spot>>,
    /// How much of the VAT on contractors that can't be recovered is borne.
    contractors: Spot,
    cells: Cells,
    /// Shares of organisations that must sum to 100%: whose they are, and their cells.
    shares: Vec<(String, Vec<Spot>)>,
}

/// The cells of all assumptions, each beside what was written there.
#[derive(Default)]
struct Cells {
    live: Vec<(Spot, Spot)>,
    /// Of the live ones, but for switches: the lowest and the highest that they take.
    limits: Vec<(Spot, Spot)>,
    /// Of the live ones: those that are zero or one.
    switches: Vec<Spot>,
    frozen: Vec<(Spot, Spot)>,
}

const HEADS: [(&str, f64); 15] = [
    ("Key", 42.0),
    ("Value", 15.0),
    ("Unit", 14.0),
    ("As written", 15.0),
    ("In this workbook", 12.0),
    ("Range", 22.0),
    ("Source", 36.0),
    ("Dated", 11.0),
    ("Status", 12.0),
    ("Owner", 18.0),
    ("Review by", 11.0),
    ("Signed off", 18.0),
    ("Note", 36.0),
    ("Lowest", 15.0),
    ("Highest", 15.0),
];

impl Assumptions {
    pub(super) fn new(case: &Case) -> Self {
        let scenario = &case.scenario;
        let mut list = List::new(case);
        let live = live(scenario);
        let order = |wanted: bool| {
            let live = &live;
            (0..scenario.inputs.len()).filter(move |&place| live.contains(&InputId::new(place)) == wanted)
        };
        let mut spots = vec![None; scenario.inputs.len()];
        list.section("Live: change a value, and everything in this workbook follows");
        for place in order(true) {
            spots[place] = Some(list.input(&scenario.inputs[place], true));
        }
        list.section("Live: how much of the VAT charged is borne (100%) or recovered (0%)");
        let borne = scenario.lines.iter().map(|line| {
            let Flow::Cost { vat, .. } = line.flow else { return None };
            let share = match vat {
                Vat::None => return None,
                Vat::Recoverable => Decimal::ZERO,
                Vat::Irrecoverable => Decimal::ONE,
            };
            Some(list.switch(&format!("{}.vat", line.key), share))
        });
        let borne = borne.collect();
        let contractors = list.switch("VAT on contractors, where it can't be recovered", Decimal::ONE);
        list.section("Frozen: they decide delivery and base amounts; change them in the scenario file and write the workbook anew");
        for place in order(false) {
            spots[place] = Some(list.input(&scenario.inputs[place], false));
        }
        list.unused(scenario);
        let spots: Vec<Spot> = spots.into_iter().flatten().collect();
        let mut groups: Vec<(InputId, &Shares)> = Vec::new();
        for shares in every_shares(scenario) {
            let Some(&(_, first)) = shares.first() else { continue };
            if groups.iter().all(|&(known, _)| known != first) {
                groups.push((first, shares));
            }
        }
        let shares = groups.into_iter().map(|(first, shares)| {
            let key = scenario.inputs[first.place()].key.rsplit_once('.').map_or("shares", |(of, _)| of);
            (key.to_owned(), shares.iter().map(|&(_, share)| spots[share.place()]).collect())
        });
        let shares = shares.collect();
        Self { sheet: list.sheet, spots, borne, contractors, cells: list.cells, shares }
    }

    /// The cell of an input.
    pub(super) fn of(&self, id: InputId) -> Spot {
        self.spots[id.place()]
    }

    /// Names for the figures that most is asked about.
    pub(super) fn names(&self, case: &Case) -> Vec<(String, Area)> {
        let policy = &case.scenario.policy;
        let shares = policy.capital_shares;
        let mut names = vec![
            ("vat_rate".to_owned(), policy.vat),
            ("pdc_dividend_rate".to_owned(), policy.pdc_dividend),
            ("capital_share_discovery".to_owned(), shares.discovery),
            ("capital_share_alpha".to_owned(), shares.alpha),
            ("capital_share_beta".to_owned(), shares.beta),
            ("capital_share_improvement".to_owned(), shares.improvement),
            ("capital_share_renewal".to_owned(), shares.renewal),
        ];
        names.extend(
            policy
                .discount
                .iter()
                .map(|band| (format!("discount_rate_from_year_{}", band.from_year), band.rate)),
        );
        let area = |id| Area::of(self.of(id), self.of(id));
        names.into_iter().map(|(name, id)| (name, area(id))).collect()
    }

    /// The share of VAT that is borne on a line, or on contractors.
    pub(super) fn borne(&self, line: Option<LineId>) -> Spot {
        line.and_then(|id| self.borne[id.place()]).unwrap_or(self.contractors)
    }

    /// How many inputs are no longer as they were written.
    pub(super) fn changes(&self) -> Live {
        let all = self.cells.live.iter().chain(&self.cells.frozen);
        let (now, then): (Vec<Spot>, Vec<Spot>) = all.copied().unzip();
        Live::differences(&now, &then)
    }

    /// Whether nothing was changed.
    pub(super) fn unchanged(&self) -> Test {
        self.changes().equals(Live::nought())
    }

    /// How many of those that nothing here follows are no longer as they were written.
    pub(super) fn frozen_changes(&self) -> Live {
        let (now, then): (Vec<Spot>, Vec<Spot>) = self.cells.frozen.iter().copied().unzip();
        Live::differences(&now, &then)
    }

    /// How many are such as wholelife would refuse.
    pub(super) fn refused(&self) -> Live {
        let (low, high): (Vec<Spot>, Vec<Spot>) = self.cells.limits.iter().copied().unzip();
        let now: Vec<Spot> = self.cells.live.iter().map(|&(now, _)| now).take(low.len()).collect();
        Live::outside(&now, &low, &high) + Live::neither(&self.cells.switches)
    }

    /// What is left of each group of shares that must sum to 100%, by the key of its table.
    pub(super) fn shares_left(&self) -> impl Iterator<Item = (&str, Live)> {
        self.shares.iter().map(|(key, shares)| {
            let left = shares.iter().fold(Live::count(1), |left, &share| left - share);
            // Shares have twelve decimal places at most as fractions; floating point has a few more.
            (key.as_str(), left.rounded(12))
        })
    }
}

/// Who bears what, wherever it is stated.
fn every_shares(scenario: &Scenario) -> impl Iterator<Item = &Shares> {
    (scenario.lines.iter().map(|line| &line.shares))
        .chain(scenario.services.iter().map(|service| &service.shares))
        .chain(scenario.posts.iter().map(|post| &post.shares))
        .chain(scenario.options.iter().flat_map(|option| option.streams.iter().map(|stream| &stream.shares)))
}

/// The inputs that the workbook follows wholly: none of them has a part in delivery, or in an amount that
/// stands here as a value.
fn live(scenario: &Scenario) -> BTreeSet<InputId> {
    let policy = &scenario.policy;
    let bands = policy.discount.iter().chain(&policy.health_discount).map(|band| band.rate);
    // Nothing grows with the index `none`.
    let indices = scenario.indices.iter().filter(|index| index.name != "none");
    let growth = indices.flat_map(|index| index.growth.values().copied());
    let shares = policy.capital_shares;
    let shares = [shares.discovery, shares.alpha, shares.beta, shares.improvement, shares.renewal];
    let uplifts = scenario.optimism_bias.iter().chain(&scenario.contingency);
    let amounts = scenario.lines.iter().flat_map(|line| match &line.amount {
        Amount::Once(id) | Amount::Rate(id) => vec![*id],
        Amount::ByYear(years) => years.iter().map(|&(_, id)| id).collect(),
    });
    let lives = scenario.lines.iter().filter_map(|line| match line.flow {
        Flow::Cost { life, .. } => Some(life),
        Flow::Benefit { .. } => None,
    });
    bands
        .chain(growth)
        .chain([policy.vat, policy.pdc_dividend])
        .chain(shares)
        .chain(uplifts.flat_map(|uplift| [uplift.rate, uplift.mitigation]))
        .chain(amounts)
        .chain(lives)
        .chain(every_shares(scenario).flatten().map(|&(_, share)| share))
        .chain(scenario.services.iter().map(|service| service.life))
        .chain(scenario.teams.iter().map(|team| team.attributable))
        .chain(scenario.benefits.iter().filter_map(|benefit| benefit.value))
        .chain(scenario.funds.iter().flat_map(|fund| fund.by_year.iter().map(|&(_, id)| id)))
        .collect()
}

/// The sheet in the making.
struct List {
    sheet: Sheet,
    edition: Option<&'static Edition>,
    row: u32,
    cells: Cells,
}

impl List {
    fn new(case: &Case) -> Self {
        let mut sheet = Sheet::new("Assumptions", HEADS.iter().map(|&(_, width)| width).collect(), (4, 1));
        let programme = &case.scenario.programme;
        sheet.text((0, 0), Role::Title, format!("Assumptions: {}", programme.name));
        sheet.text((1, 0), Role::Note, "Blue on yellow is an input: change its value. Grey is frozen: a change here moves nothing and fails the master check, so change the scenario file and run wholelife again.");
        sheet.text((2, 0), Role::Note, "Delivery timing is frozen: who works on what and when, go-live months, and the base amounts that follow from them.");
        for (column, (words, _)) in HEADS.into_iter().enumerate() {
            sheet.text((3, column as u16), Role::Head, words);
        }
        Self { sheet, edition: Edition::named(&programme.edition), row: 4, cells: Cells::default() }
    }

    fn section(&mut self, words: &str) {
        self.sheet.text((self.row, 0), Role::Section, words);
        for column in 1..HEADS.len() as u16 {
            self.sheet.text((self.row, column), Role::Section, "");
        }
        self.row += 1;
    }

    fn input(&mut self, input: &Input, live: bool) -> Spot {
        let value = input.estimate.central();
        let shown = shown(input.unit, value);
        let (low, high) = input.measure.limits(input.unit);
        let spot = if live {
            let takes =
                if input.measure.is_above() { Taken::Above(low, high) } else { Taken::Between(low, high) };
            let spot = self.live(value, shown, takes, &input.measure.range(input.unit));
            let limit = |sheet: &mut Sheet, column, limit| {
                sheet.number((self.row, column), shown.role(Role::Note), limit)
            };
            let limits = (limit(&mut self.sheet, 13, low), limit(&mut self.sheet, 14, high));
            self.cells.limits.push(limits);
            spot
        } else {
            self.frozen(value, shown, "frozen")
        };
        let range = match input.estimate {
            Estimate::Point(_) => String::new(),
            Estimate::Range { low, high, .. } => {
                format!("{} to {}", quantity(low, input.unit), quantity(high, input.unit))
            }
            Estimate::Chance { chance, then, otherwise } => format!(
                "{}: {}, else {}",
                quantity(chance, Unit::Rate),
                quantity(then, input.unit),
                quantity(otherwise, input.unit)
            ),
        };
        let edition = self.edition.take();
        let known = known(input, edition);
        let (source, status) = match input.origin {
            Origin::Default => ("Default of the model", "assumption"),
            Origin::Written(_) | Origin::Parameter(_) => ("Scenario file", "as written"),
        };
        self.words(&[(0, &input.key), (2, unit(input.unit)), (5, &range)]);
        let cells = [
            (6, known.source.or(Some(source))),
            (7, known.dated),
            (8, known.status().or(Some(status))),
            (9, known.owner),
            (10, known.review_by),
            (11, known.signed_off),
            (12, known.note),
        ];
        self.words(&cells.map(|(column, words)| (column, words.unwrap_or_default())));
        self.edition = edition;
        self.row += 1;
        spot
    }

    /// A share of VAT that is borne.
    fn switch(&mut self, key: &str, share: Decimal) -> Spot {
        let spot = self.live(share, Shown::Rate, Taken::Either, "100%, borne, or 0%, recovered");
        self.cells.switches.push(spot);
        self.words(&[(0, key), (2, "%"), (6, "Scenario file"), (8, "as written")]);
        self.row += 1;
        spot
    }

    /// Figures of the edition that no input of the scenario is.
    fn unused(&mut self, scenario: &Scenario) {
        let Some(edition) = self.edition.take() else { return };
        let used: BTreeSet<&str> = scenario
            .inputs
            .iter()
            .filter_map(|input| match &input.origin {
                Origin::Parameter(key) => Some(key.as_str()),
                Origin::Written(_) | Origin::Default => None,
            })
            .collect();
        self.section("Not used: parameters of the edition that this scenario doesn't need, or has replaced");
        for figure in edition.figures().filter(|figure| !used.contains(figure.key.as_str())) {
            let shown = match figure.unit {
                FigureUnit::Rate => Shown::Rate,
                FigureUnit::Pounds | FigureUnit::PoundsAYear | FigureUnit::PoundsADay => Shown::Pence,
                FigureUnit::Months | FigureUnit::Years | FigureUnit::Days | FigureUnit::Heads => {
                    Shown::Number
                }
            };
            self.frozen(figure.value, shown, "not used");
            self.words(&[(0, &format!("parameter.{}", figure.key)), (2, figure.unit.word())]);
            self.figure_words(figure);
            self.row += 1;
        }
    }

    /// A figure that everything follows.
    fn live(&mut self, value: Decimal, shown: Shown, takes: Taken, range: &str) -> Spot {
        let (spot, then) = self.value(value, shown, Role::Input, "live");
        let rule = Rule { place: spot.place, takes, words: format!("wholelife takes {range} here.") };
        self.sheet.rules.push(rule);
        self.cells.live.push((spot, then));
        spot
    }

    /// A figure that nothing follows.
    fn frozen(&mut self, value: Decimal, shown: Shown, word: &str) -> Spot {
        let (spot, then) = self.value(value, shown, Role::Frozen, word);
        let words =
            "Frozen: a change here moves nothing. Change it in the scenario file and run wholelife again.";
        self.sheet.rules.push(Rule { place: spot.place, takes: Taken::Only(value), words: words.to_owned() });
        self.cells.frozen.push((spot, then));
        spot
    }

    fn value(&mut self, value: Decimal, shown: Shown, role: Role, word: &str) -> (Spot, Spot) {
        let spot = self.sheet.number((self.row, 1), shown.role(role), value);
        let then = self.sheet.number((self.row, 3), shown.role(Role::Note), value);
        self.words(&[(4, word)]);
        (spot, then)
    }

    fn figure_words(&mut self, figure: &Figure) {
        let note = figure.note.as_deref().unwrap_or_default();
        self.words(&[(6, &figure.source), (7, &figure.dated), (8, figure.status.word()), (12, note)]);
    }

    fn words(&mut self, cells: &[(u16, &str)]) {
        for &(column, words) in cells.iter().filter(|(_, words)| !words.is_empty()) {
            self.sheet.text((self.row, column), Role::Plain, words);
        }
    }
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Pounds => "£",
        Unit::PoundsAYear => "£ a year",
        Unit::PoundsAMonth => "£ a month",
        Unit::Rate => "%",
        Unit::Months => "months",
        Unit::TeamMonths => "team-months",
        Unit::TeamMonthsAYear => "team-months a year",
        Unit::Count => "number",
    }
}

fn shown(unit: Unit, value: Decimal) -> Shown {
    match unit {
        Unit::Pounds | Unit::PoundsAYear | Unit::PoundsAMonth if value.is_integer() => Shown::Pounds,
        Unit::Pounds | Unit::PoundsAYear | Unit::PoundsAMonth => Shown::Pence,
        Unit::Rate => Shown::Rate,
        Unit::Months | Unit::TeamMonths | Unit::TeamMonthsAYear | Unit::Count => Shown::Number,
    }
}

/// The pounds of a month that a yearly or monthly input comes to.
pub(super) fn a_month(case: &Case, id: InputId, spot: Spot) -> Live {
    match case.scenario.inputs[id.place()].unit {
        Unit::PoundsAYear => Live::from(spot) / Live::count(12),
        _ => spot.into(),
    }
}

/// An input's value that comes to one pound a month.
pub(super) fn one_a_month(case: &Case, id: InputId) -> Decimal {
    match case.scenario.inputs[id.place()].unit {
        Unit::PoundsAYear => Decimal::from_count(12),
        _ => Decimal::ONE,
    }
}
