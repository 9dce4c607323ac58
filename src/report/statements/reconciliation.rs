//! The two cases reconciled: from the economic total to the financial one, by cause, to the penny.

use rust_decimal::Decimal;

use crate::id::{OptionId, OrganisationId};
use crate::ledger::{Kind, Posting};
use crate::report::Case;
use crate::table::{Cell, ColumnKind, Table};

/// What lies between the two totals of an option. Each part is what is added on the way from the economic to
/// the financial total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bridge {
    /// Real cost of the economic case.
    pub economic: Decimal,
    /// Central pension contributions, which are no cash of the organisation.
    pub central_pension: Decimal,
    /// Opportunity cost of clinical time, likewise.
    pub opportunity: Decimal,
    /// Optimism bias, in whose place contingency stands in the financial case.
    pub optimism_bias: Decimal,
    /// Residual value, which is no cash.
    pub residual: Decimal,
    /// From price-base prices to the prices of each year.
    pub inflation: Decimal,
    /// VAT that can't be recovered.
    pub vat: Decimal,
    /// Contingency.
    pub contingency: Decimal,
    /// Nominal cash.
    pub financial: Decimal,
}

impl Bridge {
    /// What is added on the way, with its name.
    pub fn steps(&self) -> [(&'static str, Decimal); 7] {
        [
            ("Central pension contributions", self.central_pension),
            ("Opportunity cost of clinical time", self.opportunity),
            ("Optimism bias", self.optimism_bias),
            ("Residual value", self.residual),
            ("Inflation", self.inflation),
            ("VAT that can't be recovered", self.vat),
            ("Contingency", self.contingency),
        ]
    }
}

/// The bridge of an option, for all organisations or for one.
pub fn bridge(case: &Case, option: OptionId, organisation: Option<OrganisationId>) -> Bridge {
    let costs: Vec<&Posting<Decimal>> = case
        .run
        .postings(option)
        .iter()
        .filter(|p| !p.kind.is_benefit() && organisation.is_none_or(|id| id == p.organisation))
        .collect();
    let economic = |kind: Kind| costs.iter().filter(|p| p.kind == kind).map(|p| p.economic).sum::<Decimal>();
    let financial =
        |kind: Kind| costs.iter().filter(|p| p.kind == kind).map(|p| p.financial).sum::<Decimal>();
    Bridge {
        economic: costs.iter().map(|p| p.economic).sum(),
        central_pension: -economic(Kind::CentralPension),
        opportunity: -economic(Kind::Opportunity),
        optimism_bias: -economic(Kind::OptimismBias),
        residual: -economic(Kind::Residual),
        inflation: financial(Kind::Cost) - economic(Kind::Cost),
        vat: financial(Kind::Vat),
        contingency: financial(Kind::Contingency),
        financial: costs.iter().map(|p| p.financial).sum(),
    }
}

/// The reconciliation: options as columns.
pub fn reconciliation(case: &Case, options: &[OptionId], organisation: Option<OrganisationId>) -> Table {
    let whose = organisation.map(|id| format!(": {}", case.scenario.organisations[id.place()].name));
    let title = format!("From the economic to the financial case{}", whose.unwrap_or_default());
    let mut table = Table::new(title).column("Line", ColumnKind::Text);
    for &option in options {
        table = table.column(case.name(option), ColumnKind::Money);
    }
    let bridges: Vec<Bridge> = options.iter().map(|&option| bridge(case, option, organisation)).collect();
    let row = |name: &str, of: &dyn Fn(usize) -> Decimal| {
        let mut cells = vec![Cell::text(name)];
        cells.extend((0..options.len()).map(|place| Cell::Money(of(place))));
        cells
    };
    if organisation.is_none() {
        let present = |place: usize| case.appraisal(options[place]).cost.present;
        table.push(row("Net present cost", &present));
        table.push_indented(1, row("Discounting", &|place| bridges[place].economic - present(place)));
    }
    table.push_total(row("Economic case: real cost", &|place| bridges[place].economic));
    for step in 0..bridges.first().map_or(0, |bridge| bridge.steps().len()) {
        let name = bridges[0].steps()[step].0;
        table.push_indented(1, row(name, &|place| bridges[place].steps()[step].1));
    }
    table.push_total(row("Financial case: cash cost", &|place| bridges[place].financial));
    table.note(format!("Economic case in {}; financial case in prices of each year.", case.real_prices()))
}
