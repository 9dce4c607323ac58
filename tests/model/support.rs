//! Scenarios in a few lines, and questions to their ledgers.

use rust_decimal::Decimal;
use wholelife::export::diagnostics;
use wholelife::id::{OptionId, ServiceId};
use wholelife::ledger::{Activity, Posting};
use wholelife::report::Case;
use wholelife::scenario::{self, Request};

/// One worker costs £10,000 a month, whatever the year: no inflation, no on-costs.
pub(crate) const WORLD: &str = r#"
[programme]
name  = "Test"
start = "2026-04"
years = 3
[index.general]
growth = "0%"
[index.pay]
growth = "0%"
[role]
worker = { cost = "£120k" }
[team.one]
members = { worker = 1 }
"#;

/// A service of four team-months: one of discovery, one of alpha, two of beta.
pub(crate) const SERVICE: &str = r#"
[service.s]
effort = { discovery = "1 team-month", alpha = "1 team-month", beta = "2 team-months" }
run    = "£0 a year"
upkeep = "0 team-months a year"
"#;

/// Runs a scenario that has no fault.
pub(crate) fn run(text: &str) -> Case {
    run_with(text, &|name| Err(format!("there is no {name}")))
}

/// Runs a scenario with tables beside it.
pub(crate) fn run_with(text: &str, tables: &dyn Fn(&str) -> Result<Vec<u8>, String>) -> Case {
    let reading = scenario::read(&Request { name: "test.toml", text, set: &[], tables });
    let told = diagnostics::render(&reading.diagnostics, &reading.sources, false);
    Case::new(reading.scenario.unwrap_or_else(|| panic!("{told}")))
}

/// The world, one service, and one option `o` with one stream `x` under an approach of these keys.
pub(crate) fn one_stream(approach: &str) -> Case {
    run(&one_stream_text(approach, SERVICE))
}

/// The text of such a scenario.
pub(crate) fn one_stream_text(approach: &str, service: &str) -> String {
    format!(
        "{WORLD}\n[approach.a]\nteam = \"one\"\n{approach}\n{service}\n[option.o]\nname = \"O\"\n\
         [option.o.stream.x]\napproach = \"a\"\nservices = [\"s\"]\nstart = \"2026-04\"\n"
    )
}

/// Pounds, exactly.
pub(crate) fn pounds(text: &str) -> Decimal {
    text.replace(',', "").parse().expect("an amount")
}

/// Questions to a case whose options are known by name.
pub(crate) trait Asked {
    /// The option of a name.
    fn option(&self, id: &str) -> OptionId;
    /// The sum of an option's postings that pass, as financial amounts.
    fn cash(&self, option: &str, pass: impl Fn(&Posting<Decimal>) -> bool) -> Decimal;
    /// Likewise, economic amounts.
    fn real(&self, option: &str, pass: impl Fn(&Posting<Decimal>) -> bool) -> Decimal;
    /// Cash by month on an activity, for the first so many months.
    fn months(&self, option: &str, activity: Activity, count: usize) -> Vec<Decimal>;
    /// First release and go-live of the first service.
    fn lives(&self, option: &str) -> (Option<usize>, Option<usize>);
}

impl Asked for Case {
    fn option(&self, id: &str) -> OptionId {
        let place = self.scenario.options.iter().position(|option| option.id == id);
        OptionId::new(place.expect("an option of that name"))
    }

    fn cash(&self, option: &str, pass: impl Fn(&Posting<Decimal>) -> bool) -> Decimal {
        let id = self.option(option);
        self.run.ledger.postings.iter().filter(|p| p.option == id && pass(p)).map(|p| p.financial).sum()
    }

    fn real(&self, option: &str, pass: impl Fn(&Posting<Decimal>) -> bool) -> Decimal {
        let id = self.option(option);
        self.run.ledger.postings.iter().filter(|p| p.option == id && pass(p)).map(|p| p.economic).sum()
    }

    fn months(&self, option: &str, activity: Activity, count: usize) -> Vec<Decimal> {
        let of = |m: usize| self.cash(option, |p| p.activity == activity && usize::from(p.month) == m);
        (0..count).map(of).collect()
    }

    fn lives(&self, option: &str) -> (Option<usize>, Option<usize>) {
        let life = &self.run.sheets[self.option(option).place()].lives[ServiceId::new(0).place()];
        (life.first_release, life.live)
    }
}

/// A row of amounts, for comparison.
pub(crate) fn row(amounts: &[&str]) -> Vec<Decimal> {
    amounts.iter().map(|a| pounds(a)).collect()
}
