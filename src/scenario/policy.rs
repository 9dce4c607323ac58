//! Policy figures: the edition's, or what `[parameter]` and `[capitalisation]` of the scenario say instead.

use rust_decimal::Decimal;

use super::document::{Node, Value};
use super::estimate::is_estimate;
use super::keys::{Field, Table};
use super::measure::{self, Measure};
use super::names::nearest;
use super::quantity::short;
use super::reader::Reader;
use super::{CapitalShares, DiscountBand, Estimate, Origin, Policy, Unit};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::InputId;
use crate::ledger::Activity;
use crate::parameters::{Figure, FigureUnit};

/// The schedule that health effects are discounted by.
const HEALTH: &str = "health";

/// The group of pay bands: a scenario may add to it.
const BANDS: &str = "agenda-for-change.";

/// The points of a band.
pub(super) const POINTS: [&str; 3] = ["entry", "intermediate", "top"];

/// The activities of which a share may be capital.
pub(super) const CAPITALISABLE: [&str; 5] = ["discovery", "alpha", "beta", "improvement", "renewal"];

impl Reader<'_> {
    /// Reads `[parameter]`: figures of the edition that the scenario overrides. It must be read first.
    pub(super) fn read_parameters(&mut self, root: &mut Table<'_>) {
        if let Some(mut table) = root.table("parameter", self) {
            for field in table.take_all() {
                self.override_figure(&field);
            }
        }
    }

    fn override_figure(&mut self, field: &Field<'_>) {
        let key = field.path.trim_start_matches("parameter.").to_owned();
        if let Some(figure) = self.edition.figure(&key) {
            let unit = figure.unit;
            let id = self.written(field, measure_of(unit));
            self.inputs[id.place()].unit = unit_of(unit);
            self.overridden.insert(key, id);
            return;
        }
        let group = format!("{key}.");
        let is_group = self.edition.keys().any(|known| known.starts_with(&group));
        if is_group && matches!(field.node.value, Value::Table(_)) {
            for inner in Table::of(field).take_all() {
                self.override_figure(&inner);
            }
            return;
        }
        if let Some(band) = key.strip_prefix(BANDS) {
            return self.new_band(field, band);
        }
        let message = if is_group {
            format!("`{}` is a group of parameters, not one", short(&key))
        } else {
            format!("edition {} has no parameter `{}`", self.edition.name(), short(&key))
        };
        let fault = Diagnostic::error(Code::UnknownParameter, &field.path, Some(field.key_span), message)
            .expected("the key of a parameter, like `vat.standard`");
        self.report(fault.meant(self.guess(&key, self.edition.keys())));
    }

    /// A pay band that the edition lacks (very senior managers, a local scale). It must say where it is from.
    fn new_band(&mut self, field: &Field<'_>, band: &str) {
        if !band.contains('.') && matches!(field.node.value, Value::Table(_)) && !is_estimate(field.node) {
            let mut table = Table::of(field);
            for point in POINTS {
                if let Some(inner) = table.take(point) {
                    self.override_figure(&inner);
                }
            }
            table.finish(self);
            return;
        }
        let is_point =
            band.split_once('.').is_some_and(|(name, point)| !name.is_empty() && POINTS.contains(&point));
        if !is_point {
            let message = format!("`{}` is no point of a pay band", short(&field.path));
            self.fault(Code::UnknownParameter, field, message, "a band and a point, like `vsm.top`");
            return;
        }
        let id = self.written(field, measure::YEARLY);
        self.overridden.insert(format!("{BANDS}{band}"), id);
        if self.inputs[id.place()].provenance.source.is_none() {
            let message = format!("`{}` is not in the edition, and has no source", short(&field.path));
            let expected = "where it is from: `{ value = \"...\", source = \"...\" }`";
            self.fault(Code::MissingKey, field, message, expected);
        }
    }

    /// The pay bands there are: those of the edition, then the scenario's own; each has a top.
    pub(super) fn bands_of_pay(&self) -> Vec<String> {
        let band = |key: &str| Some(key.strip_prefix(BANDS)?.strip_suffix(".top")?.to_owned());
        let mut bands: Vec<String> = self.edition.keys().filter_map(band).collect();
        let own = self.overridden.keys().filter_map(|key| band(key));
        let own: Vec<String> = own.filter(|own| !bands.contains(own)).collect();
        bands.extend(own);
        bands
    }

    /// What is known about a figure, overrides heeded. A figure that the edition lacks is one in `unit`.
    pub(super) fn figure(&self, key: &str, unit: Unit) -> (Estimate, Unit) {
        if let Some(id) = self.overridden.get(key) {
            let input = &self.inputs[id.place()];
            return (input.estimate, input.unit);
        }
        match self.edition.figure(key) {
            Some(figure) => (Estimate::Point(value_of(figure)), unit_of(figure.unit)),
            None => (Estimate::Point(Decimal::ONE), unit),
        }
    }

    /// The input that a figure of the edition is.
    pub(super) fn parameter(&mut self, key: &str, unit: Unit) -> InputId {
        if let Some(&id) = self.overridden.get(key) {
            return id;
        }
        let (estimate, unit) = self.figure(key, unit);
        let measure = self.edition.figure(key).map_or(measure::CHANGE, |figure| measure_of(figure.unit));
        self.add(format!("parameter.{key}"), measure, unit, estimate, Origin::Parameter(key.to_owned()))
    }

    /// Policy figures that are no property of any one item. `discount` names the standard schedule.
    pub(super) fn policy(&mut self, root: &mut Table<'_>, discount: &str) -> Policy {
        Policy {
            discount: self.bands(discount),
            health_discount: self.bands(HEALTH),
            vat: self.parameter("vat.standard", Unit::Rate),
            pdc_dividend: self.parameter("pdc-dividend.rate", Unit::Rate),
            national_insurance: self.parameter("national-insurance.rate", Unit::Rate),
            national_insurance_threshold: self.parameter("national-insurance.threshold", Unit::PoundsAYear),
            pension: self.parameter("pension.employer", Unit::Rate),
            central_pension: self.parameter("pension.central", Unit::Rate),
            apprenticeship_levy: self.parameter("apprenticeship-levy", Unit::Rate),
            capital_shares: self.capital_shares(root),
        }
    }

    fn bands(&mut self, schedule: &str) -> Vec<DiscountBand> {
        let bands: Vec<(u32, String)> = self
            .edition
            .discount(schedule)
            .map(|bands| bands.iter().map(|band| (band.from_year, band.rate.key.clone())).collect())
            .unwrap_or_default();
        let mut band = |(from_year, key): (u32, String)| DiscountBand {
            from_year,
            rate: self.parameter(&key, Unit::Rate),
        };
        bands.into_iter().map(&mut band).collect()
    }

    fn capital_shares(&mut self, root: &mut Table<'_>) -> CapitalShares {
        let mut table = root.table_or_absent("capitalisation", self);
        let mut share = |activity: &str| match table.take(activity) {
            Some(field) => self.written(&field, measure::SHARE),
            None if self.edition.figure(&format!("capital-share.{activity}")).is_some() => {
                self.parameter(&format!("capital-share.{activity}"), Unit::Rate)
            }
            None => {
                let nought = Estimate::Point(Decimal::ZERO);
                self.add(
                    format!("capitalisation.{activity}"),
                    measure::SHARE,
                    Unit::Rate,
                    nought,
                    Origin::Default,
                )
            }
        };
        let [discovery, alpha, beta, improvement, renewal] = CAPITALISABLE.map(&mut share);
        let shares = CapitalShares { discovery, alpha, beta, improvement, renewal };
        for field in table.take_all() {
            if !CAPITALISABLE.contains(&field.key()) {
                self.never_capital(&field);
            }
        }
        shares
    }

    /// Reports a key that is no activity of which a share may be capital.
    fn never_capital(&mut self, field: &Field<'_>) {
        let activity = Activity::ALL.iter().find(|activity| activity.word() == field.key());
        let message = match activity {
            Some(_) => format!("`{}` is an activity that can't be capital", field.key()),
            None => format!("`{}` is not an activity", short(field.key())),
        };
        let fault = Diagnostic::error(Code::UnknownKey, &field.path, Some(field.key_span), message)
            .expected(format!("work that builds or betters an asset: {}", CAPITALISABLE.join(", ")));
        self.report(match activity {
            Some(Activity::Line) => fault.help("a cost line says for itself: `treatment = \"capital\"`"),
            Some(_) => fault,
            None => fault.meant(nearest(field.key(), CAPITALISABLE)),
        });
    }
}

/// The name of the edition that a scenario asks for, before anything is checked.
pub(super) fn edition_name(root: &Node) -> Option<&str> {
    match &root.get("programme")?.get("parameters")?.value {
        Value::Text(name) => Some(name),
        _ => None,
    }
}

fn value_of(figure: &Figure) -> Decimal {
    match figure.unit {
        FigureUnit::Years => figure.value * Decimal::from(12),
        _ => figure.value,
    }
}

fn unit_of(unit: FigureUnit) -> Unit {
    match unit {
        FigureUnit::Rate => Unit::Rate,
        FigureUnit::Pounds | FigureUnit::PoundsADay => Unit::Pounds,
        FigureUnit::PoundsAYear => Unit::PoundsAYear,
        FigureUnit::Months | FigureUnit::Years => Unit::Months,
        FigureUnit::Days | FigureUnit::Heads => Unit::Count,
    }
}

fn measure_of(unit: FigureUnit) -> Measure {
    match unit {
        FigureUnit::Rate => measure::CHANGE,
        FigureUnit::Pounds | FigureUnit::PoundsADay => measure::COST,
        FigureUnit::PoundsAYear => measure::PAY,
        FigureUnit::Months | FigureUnit::Years => measure::TIME,
        FigureUnit::Days | FigureUnit::Heads => measure::COUNT,
    }
}
