//! Blended money (MODEL sections 8 and 9): assets, the dividend, funds, shares, bias and contingency.

use rust_decimal::Decimal;
use wholelife::id::{OptionId, OrganisationId};
use wholelife::ledger::{Kind, Treatment};
use wholelife::report::{Case, findings, statements};

use crate::model::support::{Asked, SERVICE, WORLD, one_stream_text, pounds, row, run};

/// One option with these tables, no inflation, eight years.
fn plain(tables: &str) -> Case {
    run(&format!("{WORLD}\n[option.o]\nname = \"O\"\n{tables}\n").replace("years = 3", "years = 8"))
}

fn by_year(case: &Case, of: impl Fn(&wholelife::accounts::Corkscrew<Decimal>) -> Decimal) -> Vec<Decimal> {
    (0..case.plan.horizon.years()).map(|t| of(&case.run.accounts[0].balance(None, t))).collect()
}

const MILLION: &str =
    "[cost.c]\namount = \"£1m\"\nfrom = \"2027-03\"\ntreatment = \"capital\"\nlife = \"5 years\"";

/// £1,000,000 available at the end of year 0, life five years: amortisation 200,000 in years 1 to 5; dividend
/// 3.5% x (0 + 1,000,000) / 2 = 17,500, then x (1,000,000 + 800,000) / 2 = 31,500 and so on.
#[test]
fn a_million_of_capital() {
    let case = plain(MILLION);
    let amortisation = by_year(&case, |y| y.amortisation);
    assert_eq!(amortisation, row(&["0", "200000", "200000", "200000", "200000", "200000", "0", "0"]));
    let dividend = by_year(&case, |y| y.pdc_dividend);
    assert_eq!(dividend, row(&["17500", "31500", "24500", "17500", "10500", "3500", "0", "0"]));
}

/// Written off at the start of year 3: 600,000 impaired, dividend 3.5% x (600,000 + 0) / 2 = 10,500 that year,
/// nothing after.
#[test]
fn a_million_written_off() {
    let case = plain(&format!("{MILLION}\nwritten_off = \"2029-04\""));
    assert_eq!(by_year(&case, |y| y.impairment)[2..5], row(&["0", "600000", "0"]));
    assert_eq!(by_year(&case, |y| y.amortisation)[2..5], row(&["200000", "0", "0"]));
    assert_eq!(by_year(&case, |y| y.pdc_dividend)[2..6], row(&["24500", "10500", "0", "0"]));
}

/// The work of a service is under construction until it is live: 14,000 of capital in months 2 and 3, live in
/// month 4, over five years: 233.33 a month; eight months of year 0 come to 1,866.67.
#[test]
fn team_time_becomes_an_asset() {
    let case = run(&one_stream_text("kind = \"temporary\"", SERVICE));
    let year = case.run.accounts[0].balance(None, 0);
    assert_eq!((year.additions, year.amortisation), (pounds("14000"), pounds("1866.67")));
    assert_eq!(year.closing, pounds("12133.33"));
}

/// A stall loses half the work done on beta, and half the capital on it. Discovery and alpha take months 0 and 1,
/// beta month 2 (7,000 of capital); 75% is done, work stops in month 3 and goes on in month 4.
#[test]
fn a_stall_impairs_the_capital_lost() {
    let stall = "stall = { after = \"75%\", pause = \"1 month\", standing = \"0%\", lost = \"50%\" }";
    let case = run(&one_stream_text(&format!("kind = \"temporary\"\n{stall}"), SERVICE));
    assert_eq!(case.run.accounts[0].balance(None, 0).impairment, pounds("3500"));
    // Beta is done again by half a month: 1.5 more months at 70%.
    assert_eq!(case.cash("o", |p| p.treatment == Treatment::Capital), pounds("17500"));
}

/// Work that never goes live is written off at the end of the horizon.
#[test]
fn undelivered_work_is_written_off() {
    let service = SERVICE.replace("\"2 team-months\"", "\"200 team-months\"");
    let case = run(&one_stream_text("kind = \"temporary\"", &service));
    let capital = case.cash("o", |p| p.treatment == Treatment::Capital);
    assert_eq!(case.run.accounts[0].balance(None, 2).impairment, capital);
    assert_eq!(case.run.accounts[0].balance(None, 2).closing, Decimal::ZERO);
}

/// What is bought for a service when it goes live, in month 4, for £6,000: used from month 5, 500 a month, five months
/// by its end after month 9; then the other 3,500 are written off.
#[test]
fn what_is_bought_for_a_service_ends_with_it() {
    let service = format!(
        "{SERVICE}capitalise = false\nto = \"2027-01\"\n[service.s.cost.kit]\namount = \"£6k\"\n\
         treatment = \"capital\"\nlife = \"12 months\"\n"
    );
    let case = run(&one_stream_text("kind = \"temporary\"", &service));
    let year = case.run.accounts[0].balance(None, 0);
    assert_eq!((year.additions, year.amortisation), (pounds("6000"), pounds("2500")));
    assert_eq!((year.impairment, year.closing), (pounds("3500"), Decimal::ZERO));
}

/// Income and expenditure: contractors and their VAT are pay, an irrecoverable licence is not.
#[test]
fn income_and_expenditure() {
    let case = plain(
        "[post.p]\nrole = { day_rate = \"£500\", days = 220 }\nfte = 1\n\
         [cost.l]\namount = \"£10k a year\"\nvat = \"irrecoverable\"\n\
         [benefit.b]\namount = \"£5k a year\"\nkind = \"cash-releasing\"",
    );
    let year = case.run.accounts[0].result(None, 0);
    assert_eq!(
        (year.pay, year.non_pay, year.cash_released),
        (pounds("132000"), pounds("12000"), pounds("5000"))
    );
    assert_eq!(year.net(), pounds("139000"));
}

const FUNDED: &str = "[cost.build]\ntreatment = \"capital\"\nby_year = { \"2026-27\" = \"£300k\", \"2027-28\" = \"£100k\" }\n\
     [cost.run]\nby_year = { \"2026-27\" = \"£50k\", \"2027-28\" = \"£80k\" }\n";

/// 300 + 100 of capital and 50 + 80 of revenue (£k) against 200 a year of capital and 60 a year of revenue:
/// capital is 100 short in year 0 while nothing of it lapses, 100 lapses in year 1; revenue lapses 10 in year 0
/// and is 20 short in year 1.
#[test]
fn funds_pay_their_own_kind() {
    let funds = "[fund.c]\nkind = \"capital\"\nby_year = { from = \"2026-27\", to = \"2027-28\", amount = \"£200k a year\" }\n\
                 [fund.r]\nkind = \"revenue\"\nby_year = { \"2026-27\" = \"£60k\", \"2027-28\" = \"£60k\" }";
    let case = plain(&format!("{FUNDED}{funds}"));
    let funding = &case.run.funding[0];
    assert_eq!(funding.need(None, 0).gap().to_vec(), row(&["100000", "0"]));
    assert_eq!(funding.need(None, 1).gap().to_vec(), row(&["0", "20000"]));
    assert_eq!(funding.lapsed(), pounds("110000"));
    assert_eq!(funding.paid(), funding.most_payable);
    let told = findings(&case, None).join(" ");
    assert!(told.contains("O is £100k short of capital in 2026-27 while £10k of revenue lapses"), "{told}");
}

/// What is carried forward pays next year: 200 + 200 of capital against 100 then 300.
#[test]
fn unspent_money_may_be_carried_forward() {
    let tables = |carry: &str| {
        format!(
            "[cost.build]\ntreatment = \"capital\"\nby_year = {{ \"2026-27\" = \"£100k\", \"2027-28\" = \"£300k\" }}\n\
             [fund.c]\nkind = \"capital\"\ncarry_forward = {carry}\n\
             by_year = {{ from = \"2026-27\", to = \"2027-28\", amount = \"£200k a year\" }}"
        )
    };
    let (kept, lost) = (plain(&tables("true")), plain(&tables("false")));
    assert_eq!(kept.run.funding[0].gap().to_vec(), row(&["0", "0"]));
    assert_eq!(kept.run.funding[0].lapsed(), Decimal::ZERO);
    assert_eq!(lost.run.funding[0].gap().to_vec(), row(&["100000", "0"]));
    assert_eq!(lost.run.funding[0].lapsed(), pounds("100000"));
}

/// Money that may pay for anything, spent first, leaves the fund for one line with nothing to pay for: 100 of
/// anything goes to the line, as the first cost that fewest funds may pay, though the fund for it lapses then.
#[test]
fn another_order_of_funds_may_pay_for_more() {
    let tables = |first: &str, second: &str| {
        format!("[cost.a]\namount = \"£100k\"\n[cost.b]\namount = \"£100k\"\n{first}{second}")
    };
    let any = "[fund.any]\nkind = \"revenue\"\nfor = [\"a\"]\nby_year = { \"2026-27\" = \"£100k\" }\n";
    let free = "[fund.free]\nkind = \"either\"\nby_year = { \"2026-27\" = \"£100k\" }\n";
    // Free first: it pays `b`, which no other fund may pay, and the restricted one pays `a`.
    let free_first = plain(&tables(free, any));
    let free_last = plain(&tables(any, free));
    for case in [&free_first, &free_last] {
        assert_eq!(case.run.funding[0].most_payable, pounds("200000"));
        assert_eq!(case.run.funding[0].paid(), pounds("200000"));
    }
    // Two costs of different years: a fund that carries forward, spent first, leaves year 1 short.
    let greedy = "[cost.a]\nby_year = { \"2026-27\" = \"£100k\", \"2027-28\" = \"£100k\" }\n\
                  [fund.kept]\nkind = \"revenue\"\ncarry_forward = true\nby_year = { \"2026-27\" = \"£100k\" }\n\
                  [fund.now]\nkind = \"revenue\"\nby_year = { \"2026-27\" = \"£100k\" }\n";
    let case = plain(greedy);
    assert_eq!(case.run.funding[0].paid(), pounds("100000"));
    assert_eq!(case.run.funding[0].most_payable, pounds("200000"));
    assert!(findings(&case, None).join(" ").contains("another order of funds would pay £100k"));
}

/// 100 and then 140 of revenue. A fund of 100 that may be carried forward, spent first, leaves 60 of another to lapse
/// and year 1 without anything: 140 are missing. Spent in their best order, the one that lapses pays 60 of year 0, 40
/// come from the other, which keeps 60 for year 1: 80 of new money are enough, all of it in year 1.
#[test]
fn the_least_new_money_is_what_the_best_order_leaves_unpaid() {
    let tables = "[cost.a]\nby_year = { \"2026-27\" = \"£100k\", \"2027-28\" = \"£140k\" }\n\
                  [fund.kept]\nkind = \"revenue\"\ncarry_forward = true\nby_year = { \"2026-27\" = \"£100k\" }\n\
                  [fund.now]\nkind = \"revenue\"\nby_year = { \"2026-27\" = \"£60k\" }\n";
    let case = plain(tables);
    let funding = &case.run.funding[0];
    assert_eq!(funding.gap().to_vec(), row(&["0", "140000"]));
    let more = funding.least_more(&case.plan);
    assert_eq!(more[0].to_vec(), row(&["0", "0"]));
    assert_eq!(more[1].to_vec(), row(&["0", "80000"]));
}

/// Money for anything, 50, beside 60 of capital and 70 of revenue needed in one year, and 40 of capital money:
/// 90 of 130 can be paid, so 40 are new. Capital comes first, as when funds pay: they are all revenue.
#[test]
fn new_money_is_needed_as_revenue_rather_than_capital() {
    let tables = "[cost.a]\ntreatment = \"capital\"\nby_year = { \"2026-27\" = \"£60k\" }\n\
                  [cost.b]\nby_year = { \"2026-27\" = \"£70k\" }\n\
                  [fund.any]\nkind = \"either\"\nby_year = { \"2026-27\" = \"£50k\" }\n\
                  [fund.capital]\nkind = \"capital\"\nby_year = { \"2026-27\" = \"£40k\" }\n";
    let case = plain(tables);
    let funding = &case.run.funding[0];
    let more = funding.least_more(&case.plan);
    assert_eq!(more[0].to_vec(), row(&["0", "40000"]));
    // In file order money for anything goes to capital first, and 30 of the capital money lapse.
    assert_eq!(funding.gap().to_vec(), row(&["0", "70000"]));
}

/// A fund for one stream of one option pays for that stream alone: 9,000 of approval and 40,000 for four months of `x`
/// in `o`, and neither the approval and the month of `y` beside it nor the stream of the same name in `p`.
#[test]
fn a_fund_may_be_for_a_stream() {
    let stream = |option: &str, name: &str, service: &str| {
        format!(
            "[option.{option}.stream.{name}]\napproach = \"a\"\nservices = [\"{service}\"]\nstart = \"2026-04\"\n"
        )
    };
    let (again, second) = (stream("p", "x", "s"), stream("o", "y", "t"));
    let text = format!(
        "{}{second}[option.p]\nname = \"P\"\n{again}\
         [service.t]\neffort = {{ beta = \"1 team-month\" }}\nrun = \"£0 a year\"\nupkeep = \"0 team-months a year\"\n\
         [fund.f]\nkind = \"either\"\nfor = [\"o.x\"]\nby_year = {{ \"2026-27\" = \"£100k\" }}\n",
        one_stream_text("kind = \"temporary\"\napproval = { cost = \"£9k\" }", SERVICE)
    );
    let case = run(&text);
    let told = |place: usize| {
        let funding = &case.run.funding[place];
        [funding.paid(), funding.gap()[0] + funding.gap()[1], funding.lapsed()].to_vec()
    };
    assert_eq!(told(0), row(&["49000", "19000", "51000"]));
    assert_eq!(told(1), row(&["0", "49000", "100000"]));
}

/// A trust's own fund of 80,000 pays its 40% of £100,000, and nothing of the other's 60%.
#[test]
fn a_fund_of_one_organisation_pays_for_that_one() {
    let case = plain(&format!(
        "{TWO}[cost.c]\namount = \"£100k\"\nshares = {{ a = \"60%\", b = \"40%\" }}\n\
         [fund.f]\nkind = \"revenue\"\norganisation = \"b\"\nby_year = {{ \"2026-27\" = \"£80k\" }}\n"
    ));
    let funding = &case.run.funding[0];
    assert_eq!(funding.need(Some(OrganisationId::new(0)), 0).gap().to_vec(), row(&["0", "60000"]));
    assert_eq!(funding.need(Some(OrganisationId::new(1)), 0).gap().to_vec(), row(&["0", "0"]));
    assert_eq!([funding.paid(), funding.lapsed()].to_vec(), row(&["40000", "40000"]));
}

/// £100,000 shared 60 to 40, and a fund of 80,000: it pays the first trust's 60,000, then 20,000 of the second's.
#[test]
fn what_a_fund_pays_is_known_by_organisation() {
    let case = plain(&format!(
        "{TWO}[cost.c]\namount = \"£100k\"\nshares = {{ a = \"60%\", b = \"40%\" }}\n\
         [fund.f]\nkind = \"revenue\"\nby_year = {{ \"2026-27\" = \"£80k\" }}\n"
    ));
    let year = &case.run.funding[0].funds[0].years[0];
    let paid = [Some(0), Some(1), None].map(|place| year.paid(place.map(OrganisationId::new)));
    assert_eq!(paid.to_vec(), row(&["60000", "20000", "80000"]));
}

/// Optimism bias on £1.0m at an upper bound of 200%, 60% of it mitigated, gives £1.80m in the economic case and
/// leaves the financial case alone. Contingency of 5% is the other way round.
#[test]
fn optimism_bias_is_economic_and_contingency_financial() {
    let line = "[cost.c]\ncategory = \"equipment\"\nby_year = { \"2026-27\" = \"£1m\" }\n";
    let bias = "[optimism_bias]\nequipment = { uplift = \"200%\", mitigation = \"60%\" }\n";
    let case = plain(&format!("{line}{bias}"));
    assert_eq!((case.real("o", |_| true), case.cash("o", |_| true)), (pounds("1800000"), pounds("1000000")));
    assert_eq!(case.real("o", |p| p.kind == Kind::OptimismBias), pounds("800000"));
    let case = plain(&format!("{line}[contingency]\nequipment = \"5%\"\n"));
    assert_eq!((case.real("o", |_| true), case.cash("o", |_| true)), (pounds("1000000"), pounds("1050000")));
}

/// Bias by activity: 20% on beta's 20,000.
#[test]
fn optimism_bias_by_activity() {
    let text = one_stream_text("kind = \"temporary\"", SERVICE) + "[optimism_bias]\nbeta = \"20%\"\n";
    assert_eq!(run(&text).real("o", |p| p.kind == Kind::OptimismBias), pounds("4000"));
}

/// Four of five years of use are left at the end of a horizon of two years: bought at the end of year 0 for
/// £1,000,000, used for one year, worth 800,000.
#[test]
fn residual_value_is_the_unexpired_share() {
    let text = format!("{WORLD}\n[option.o]\nname = \"O\"\n{MILLION}\n").replace("years = 3", "years = 2");
    let none = run(&text);
    assert_eq!(none.real("o", |_| true), pounds("1000000"));
    let text = text.replace("[programme]", "[programme]\nresidual = \"straight-line\"");
    let case = run(&text);
    assert_eq!(case.real("o", |p| p.kind == Kind::Residual), pounds("-800000"));
    assert_eq!(case.cash("o", |_| true), pounds("1000000"));
}

const TWO: &str = "[organisation.a]\nname = \"Trust A\"\n[organisation.b]\nname = \"Trust B\"\n";

/// A post of £120,000 shared 60 to 40; each trust's own statements sum to the whole.
#[test]
fn costs_are_shared() {
    let case = plain(&format!(
        "{TWO}[post.cdio]\nrole = \"worker\"\nfte = 1\nshares = {{ a = \"60%\", b = \"40%\" }}\n\
         [cost.own]\namount = \"£1k a year\"\n"
    ));
    let of = |place: usize| case.cash("o", |p| p.organisation == OrganisationId::new(place) && p.month < 12);
    assert_eq!((of(0), of(1)), (pounds("73000"), pounds("48000")));
    let years = |organisation| case.run.accounts[0].result(organisation, 0);
    let (a, b) = (years(Some(OrganisationId::new(0))), years(Some(OrganisationId::new(1))));
    assert_eq!(a.plus(&b), years(None));
}

/// Costs that a charity bears are not public: benefits 500, costs 300 of which 100 not public:
/// RPSC = (500 - 100) / 200 = 2.
#[test]
fn return_on_public_sector_cost() {
    let case = plain(
        "[organisation.trust]\nname = \"Trust\"\n[organisation.charity]\nname = \"Charity\"\npublic = false\n\
         [cost.a]\namount = \"£200\"\n[cost.b]\namount = \"£100\"\nshares = { charity = \"100%\" }\n\
         [benefit.x]\namount = \"£500\"\nkind = \"societal\"\n",
    );
    let o = &case.run.appraisal.options[0];
    assert_eq!(o.rpsc, Some(pounds("2")));
    assert_eq!(o.bcr.map(|r| r.round_dp(4)), Some(pounds("1.6667")));
}

/// A month's delay of a service worth £1,000 a month and otherwise free costs the last month's £1,000.
#[test]
fn a_months_delay() {
    let service = "[service.s]\neffort = { beta = \"1 team-month\" }\nrun = \"£0 a year\"\nupkeep = \"0 team-months a year\"\n\
                   benefit.b = { value = \"£12k a year\", kind = \"societal\" }\n";
    let text = one_stream_text("kind = \"temporary\"", service).replace("years = 3", "years = 1");
    let text = text.replace("cost = \"£120k\"", "cost = \"£0\"");
    let case = run(&text);
    assert_eq!(case.run.month_of_delay, row(&["1000"]));
}

/// 100 at once against 30 a year: dearer until year 3, in which 30 x (1 + 0.9662 + 0.9335 + 0.9019) = 114.
#[test]
fn the_order_flips_with_the_horizon() {
    let text = format!(
        "{WORLD}\n[option.once]\nname = \"Once\"\n[option.once.cost.c]\namount = \"£100\"\n\
         [option.spread]\nname = \"Spread\"\n[option.spread.cost.c]\namount = \"£30 a year\"\n"
    );
    let case = run(&text.replace("years = 3", "years = 8"));
    let options = &case.run.appraisal.options;
    assert_eq!(wholelife::appraisal::flips(&options[0], &options[1]), [3]);
}

/// Each way from the economic to the financial total ends on it, and names what lies between.
#[test]
fn the_two_cases_reconcile() {
    let case = plain(
        "[post.p]\nrole = { band = \"7\" }\nfte = 1\nbackfill = \"80%\"\n\
         [cost.c]\namount = \"£100k a year\"\nvat = \"irrecoverable\"\ncategory = \"licence\"\n\
         [optimism_bias]\nlicence = \"10%\"\n[contingency]\nlicence = \"5%\"\n",
    );
    let bridge = statements::bridge(&case, OptionId::new(0), None);
    let on_the_way: Decimal = bridge.steps().iter().map(|(_, step)| *step).sum();
    assert_eq!(bridge.economic + on_the_way, bridge.financial);
    // Eight years: VAT 20,000 a year; bias 10,000; contingency 5% of 100,000 and of its VAT.
    assert_eq!((bridge.vat, bridge.optimism_bias), (pounds("160000"), pounds("-80000")));
    assert_eq!((bridge.contingency, bridge.inflation), (pounds("48000"), Decimal::ZERO));
}
