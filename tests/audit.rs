//! The checks that a run makes of itself: every scenario passes them all, and each fails when the figures that it
//! holds together are tampered with.

use std::fs;
use std::path::Path;

use rust_decimal::Decimal;
use wholelife::audit::{audit, passed};
use wholelife::report::Case;
use wholelife::scenario::{Request, read};

fn case(name: &str) -> Case {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let text = fs::read_to_string(folder.join(name)).expect("a scenario");
    let tables = |name: &str| fs::read(folder.join(name)).map_err(|_| "no such file".to_owned());
    let reading = read(&Request { name, text: &text, set: &[], tables: &tables });
    Case::new(reading.scenario.expect("a scenario that can be run"))
}

#[test]
fn every_scenario_passes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut seen = 0;
    for file in fs::read_dir(folder).expect("scenarios") {
        let path = file.expect("a file").path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
            let case = case(name);
            let failed: Vec<_> =
                audit(&case.plan, &case.run).into_iter().filter(|check| !check.passed()).collect();
            assert!(failed.is_empty(), "{name}: {failed:#?}");
            seen += 1;
        }
    }
    assert!(seen >= 5);
}

/// The places of the checks that fail once a run was tampered with.
fn failing(tamper: impl FnOnce(&mut Case)) -> Vec<usize> {
    let mut case = case("patient-access.toml");
    tamper(&mut case);
    let checks = audit(&case.plan, &case.run);
    let failing: Vec<usize> = (0..checks.len()).filter(|&place| !checks[place].passed()).collect();
    assert_eq!(failing.is_empty(), passed(&checks));
    failing
}

/// The option that is tampered with: the first with a team.
const TEAM: usize = 1;

#[test]
fn every_check_can_fail() {
    let of = |case: &Case, kept: fn(&wholelife::ledger::Posting<Decimal>) -> bool| {
        let postings = case.run.ledger.postings.iter();
        postings.clone().position(|p| p.option.place() == TEAM && kept(p)).expect("such a posting")
    };
    // A real cost that the ledger does not have: the year, the causes, both present values.
    let found = failing(|case| {
        let place = of(case, |p| !p.kind.is_benefit() && p.month == 0);
        case.run.ledger.postings[place].economic += Decimal::TEN;
    });
    assert_eq!(found, [0, 2, 3, 4]);
    // A benefit of the first year that the measures do not have.
    let found = failing(|case| {
        let place = of(case, |p| p.kind.is_benefit());
        case.run.ledger.postings[place].economic += Decimal::TEN;
    });
    assert_eq!(found, [0, 4]);
    // Capital cash: the year, whole-life cash, categories, additions, needs. Real cost and cash differ by it.
    let found = failing(|case| {
        let place = of(case, |p| p.treatment == wholelife::ledger::Treatment::Capital);
        case.run.ledger.postings[place].financial += Decimal::TEN;
    });
    assert_eq!(found, [0, 1, 8, 9, 11]);
    let found = failing(|case| case.run.accounts[TEAM].assets[0].years[1].amortisation += Decimal::TEN);
    assert_eq!(found, [5]);
    let found = failing(|case| case.run.sheets[TEAM].entries[0].time += Decimal::TEN);
    assert_eq!(found, [10]);
    let found = failing(|case| case.run.accounts[TEAM].assets[0].years[1].pdc_dividend = -Decimal::ONE);
    assert_eq!(found, [6]);
    let found = failing(|case| case.run.appraisal.options[TEAM].equivalent_annual_cost += Decimal::ONE);
    assert_eq!(found, [7]);
    let found = failing(|case| case.run.funding[TEAM].funds[0].years[0].lapsed += Decimal::TEN);
    assert_eq!(found, [12]);
}
