//! `[optimism_bias]` and `[contingency]`: shares that are added to the costs of an activity or a category.
//!
//! They are read after every line, since a line may bring a category with it. A word that is both an activity
//! and a category (`run`) means the activity.

use rust_decimal::Decimal;

use super::document::Value;
use super::estimate::is_estimate;
use super::keys::{Field, Table, join};
use super::measure;
use super::reader::{Fallback, Reader};
use super::{Estimate, Origin, Unit, Uplift, UpliftOf};
use crate::id::CategoryId;
use crate::ledger::Activity;

impl Reader<'_> {
    /// Reads `[optimism_bias]`: a rate, or `{ uplift, mitigation }`.
    pub(super) fn read_optimism_bias(&mut self, root: &mut Table<'_>) -> Vec<Uplift> {
        self.uplifts(root, "optimism_bias", |reader, of, field| {
            if !matches!(field.node.value, Value::Table(_)) || is_estimate(field.node) {
                return reader.plain(of, field);
            }
            let mut table = Table::of(field);
            let rate = reader.input(&mut table, "uplift", measure::SURCHARGE, Fallback::Required);
            let mitigation = reader.input(&mut table, "mitigation", measure::SHARE, Fallback::Nought);
            table.finish(reader);
            Uplift { of, rate, mitigation }
        })
    }

    /// Reads `[contingency]`: a rate.
    pub(super) fn read_contingency(&mut self, root: &mut Table<'_>) -> Vec<Uplift> {
        self.uplifts(root, "contingency", Self::plain)
    }

    fn uplifts(
        &mut self,
        root: &mut Table<'_>,
        key: &str,
        read: impl Fn(&mut Self, UpliftOf, &Field<'_>) -> Uplift,
    ) -> Vec<Uplift> {
        let Some(mut table) = root.table(key, self) else { return Vec::new() };
        let mut uplifts = Vec::new();
        for field in table.take_all() {
            let of = self.uplift_of(&field);
            // Read it even so: its value may have a fault too.
            let uplift = read(self, of.unwrap_or(UpliftOf::Activity(Activity::Line)), &field);
            uplifts.extend(of.map(|_| uplift));
        }
        uplifts
    }

    /// A rate alone, none of it mitigated.
    fn plain(&mut self, of: UpliftOf, field: &Field<'_>) -> Uplift {
        let rate = self.written(field, measure::SURCHARGE);
        let nought = Estimate::Point(Decimal::ZERO);
        let mitigation =
            self.add(join(&field.path, "mitigation"), measure::SHARE, Unit::Rate, nought, Origin::Default);
        Uplift { of, rate, mitigation }
    }

    /// What a key stands for: an activity that costs something, or a category of costs.
    fn uplift_of(&mut self, field: &Field<'_>) -> Option<UpliftOf> {
        let key = field.key();
        if let Some(activity) = Activity::ALL.iter().copied().find(|activity| activity.word() == key)
            && !costs_nothing(activity)
        {
            return Some(UpliftOf::Activity(activity));
        }
        let mut known: Vec<String> =
            Activity::ALL.iter().filter(|&&a| !costs_nothing(a)).map(|a| a.word().to_owned()).collect();
        // The kernel's categories of what is no cost bear the same words as its activities.
        let no_cost = |name: &str| Activity::ALL.iter().any(|&a| costs_nothing(a) && a.word() == name);
        for (place, name) in self.categories.iter().enumerate().filter(|(_, name)| !no_cost(name)) {
            if name == key {
                return Some(UpliftOf::Category(CategoryId::new(place)));
            }
            if !known.contains(name) {
                known.push(name.clone());
            }
        }
        self.unknown_key_name(field, "activity or category of costs", &known);
        None
    }
}

/// Whether nothing is spent under an activity: there is nothing to add a share to.
fn costs_nothing(activity: Activity) -> bool {
    matches!(activity, Activity::Benefit | Activity::Residual)
}
