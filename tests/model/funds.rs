//! What a fund may pay for, and for whom (MODEL section 9).

use rust_decimal::Decimal;
use wholelife::funding::{Cells, Step};
use wholelife::id::{OptionId, OrganisationId, ServiceId, StreamId};
use wholelife::ledger::{Element, Treatment};
use wholelife::report::Case;

use crate::model::support::{SERVICE, WORLD, pounds, row, run};

/// Options `o` and `p`, each with streams `x` for `s` and `y` for `t`: 40,000 of work each, approval £300. `s` costs
/// £12,000 a year to run from month 4 and £500 once; `k` is a line of £700.
fn restricted(only: &str) -> Case {
    let streams = |option: &str| {
        format!(
            "[option.{option}]\nname = \"{option}\"\n\
             [option.{option}.stream.x]\napproach = \"a\"\nservices = [\"s\"]\nstart = \"2026-04\"\n\
             [option.{option}.stream.y]\napproach = \"a\"\nservices = [\"t\"]\nstart = \"2026-04\"\n"
        )
    };
    run(&format!(
        "{WORLD}[approach.a]\nkind = \"temporary\"\nteam = \"one\"\napproval = {{ cost = \"£300\" }}\n{}\
         cost.l = {{ amount = \"£500\" }}\n{}[cost.k]\namount = \"£700\"\n{}{}\
         [fund.f]\nkind = \"either\"\n{only}\n\
         by_year = {{ from = \"2026-27\", to = \"2028-29\", amount = \"£1m a year\" }}\n",
        SERVICE.replace("\"£0 a year\"", "\"£12k a year\""),
        SERVICE.replace("service.s", "service.t"),
        streams("o"),
        streams("p"),
    ))
}

#[test]
fn a_fund_pays_what_it_is_for() {
    let paid = |only: &str| {
        let case = restricted(only);
        case.run.funding.iter().map(wholelife::funding::Funding::paid).collect::<Vec<_>>()
    };
    // Work, 32 months of run cost, and the service's own line; not its approval, which is the stream's.
    assert_eq!(paid("for = [\"s\"]"), row(&["72500", "72500"]));
    // Work and approval of that stream, of that option.
    assert_eq!(paid("for = [\"o.x\"]"), row(&["40300", "0"]));
    assert_eq!(paid("for = [\"k\"]"), row(&["700", "700"]));
    assert_eq!(paid("for = [\"k\", \"s\"]"), row(&["73200", "73200"]));
    // All of it: 80,000 of work, 600 of approval beside.
    assert_eq!(paid(""), row(&["113800", "113800"]));
    // An option that the fund does not belong to has none.
    let case = restricted("options = [\"p\"]");
    assert_eq!((case.run.funding[0].paid(), case.run.funding[0].funds.len()), (Decimal::ZERO, 0));
    assert_eq!(case.run.funding[1].paid(), pounds("113800"));
}

/// £100 of revenue and £50 of capital, shared 60 to 40. B's fund pays B's part, and nobody pays A's.
#[test]
fn a_fund_of_one_organisation() {
    let case = run(&format!(
        "{WORLD}[organisation.a]\nname = \"A\"\n[organisation.b]\nname = \"B\"\n[option.o]\nname = \"O\"\n\
         [cost.r]\namount = \"£100\"\nshares = {{ a = \"60%\", b = \"40%\" }}\n\
         [cost.c]\namount = \"£50\"\ntreatment = \"capital\"\nshares = {{ a = \"60%\", b = \"40%\" }}\n\
         [fund.f]\nkind = \"either\"\norganisation = \"b\"\nby_year = {{ \"2026-27\" = \"£1000\" }}\n"
    ));
    let funding = &case.run.funding[0];
    let [a, b] = [0, 1].map(|place| Some(OrganisationId::new(place)));
    let need = |of| [funding.need(of, 0).cost, funding.need(of, 0).paid].concat();
    assert_eq!(need(a), row(&["30", "60", "0", "0"]));
    assert_eq!(need(b), row(&["20", "40", "20", "40"]));
    assert_eq!(need(None), row(&["50", "100", "20", "40"]));
    let year = &funding.funds[0].years[0];
    assert_eq!([year.paid(a), year.paid(b), year.paid(None)].to_vec(), row(&["0", "60", "60"]));
    assert_eq!(funding.gap().to_vec(), row(&["30", "60"]));
}

/// Two years, £100 in each, of which £70 and £80 are needed: 30 go into the last year, and what is left then lapses.
#[test]
fn nothing_is_carried_beyond_the_last_year() {
    let case = run(&format!(
        "{WORLD}[option.o]\nname = \"O\"\n[cost.c]\nby_year = {{ \"2026-27\" = \"£70\", \"2027-28\" = \"£80\" }}\n\
         [fund.f]\nkind = \"revenue\"\ncarry_forward = true\n\
         by_year = {{ from = \"2026-27\", to = \"2027-28\", amount = \"£100 a year\" }}\n"
    )
    .replace("years = 3", "years = 2"));
    let years = &case.run.funding[0].funds[0].years;
    let of = |t: usize| vec![years[t].brought_forward, years[t].granted, years[t].carried, years[t].lapsed];
    assert_eq!((of(0), of(1)), (row(&["0", "100", "30", "0"]), row(&["30", "100", "0", "50"])));
    assert_eq!(case.run.funding[0].least_more(&case.plan), [[Decimal::ZERO; 2]; 2]);
    // 130 in the last year could be paid with what is carried into it.
    let text = "by_year = { \"2026-27\" = \"£70\", \"2027-28\" = \"£130\" }";
    let case = run(&format!(
        "{WORLD}[option.o]\nname = \"O\"\n[cost.c]\n{text}\n[fund.f]\nkind = \"revenue\"\ncarry_forward = true\n\
         by_year = {{ from = \"2026-27\", to = \"2027-28\", amount = \"£100 a year\" }}\n"
    )
    .replace("years = 3", "years = 2"));
    assert_eq!(case.run.funding[0].most_payable, pounds("200"));
}

/// Income is nothing that a fund could pay.
#[test]
fn a_negative_cost_takes_no_money() {
    let case = run(&format!(
        "{WORLD}[option.o]\nname = \"O\"\n[cost.c]\namount = \"-£100\"\n\
         [fund.f]\nkind = \"either\"\nby_year = {{ \"2026-27\" = \"£50\" }}\n"
    ));
    assert_eq!(case.run.funding[0].most_payable, Decimal::ZERO);
}

/// Cells that are cleared hold no cost, and take new ones: 130 of work on `s`, of which its fund of 100 pays 100.
#[test]
fn cells_forget() {
    let case = restricted("for = [\"o.x\"]");
    let plan = &case.plan;
    let option = OptionId::new(0);
    let facts = |stream: usize| {
        let element = Element::Work(StreamId::new(stream), ServiceId::new(stream));
        (option, element, Treatment::Revenue, OrganisationId::FIRST)
    };
    let mut cells = Cells::new(plan, option);
    assert_eq!(cells.payers(plan, facts(0)), [0]);
    assert_eq!(cells.payers(plan, facts(1)), [0; 0]);
    cells.add(plan, 0, facts(0), pounds("1000130"));
    assert_eq!(cells.gap(plan), pounds("130"));
    cells.clear();
    assert_eq!(cells.gap(plan), Decimal::ZERO);
    cells.pay(plan, |step| {
        if let Step::Paid { cell, part } = step {
            assert_eq!((cell.cost, part), (Decimal::ZERO, Decimal::ZERO));
        }
    });
    cells.add(plan, 0, facts(0), pounds("1000130"));
    assert_eq!(cells.gap(plan), pounds("130"));
}
