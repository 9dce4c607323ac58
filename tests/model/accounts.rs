//! Balance sheets and statements, line by line and organisation by organisation (MODEL section 8).

use rust_decimal::Decimal;
use wholelife::accounts::{AssetOf, Corkscrew, IncomeAndExpenditure, asset_plan};
use wholelife::id::{LineId, OrganisationId};
use wholelife::ledger::Kind;
use wholelife::report::Case;

use crate::model::support::{Asked, SERVICE, WORLD, one_stream_text, pounds, row, run};

fn balance(case: &Case, organisation: Option<OrganisationId>, t: usize) -> Vec<Decimal> {
    let Corkscrew { opening, additions, amortisation, impairment, closing, construction, pdc_dividend } =
        case.run.accounts[0].balance(organisation, t);
    vec![opening, additions, amortisation, impairment, closing, construction, pdc_dividend]
}

fn result(case: &Case, organisation: Option<OrganisationId>, t: usize) -> Vec<Decimal> {
    let year = case.run.accounts[0].result(organisation, t);
    let IncomeAndExpenditure { pay, non_pay, amortisation, impairment, pdc_dividend, cash_released, capital } =
        year;
    vec![pay, non_pay, amortisation, impairment, pdc_dividend, cash_released, capital]
}

/// Two trusts. `p`, £1m in month 11, shared 60 to 40, over five years from month 12. `q`, £300k of B's in month 0,
/// over three years from month 1, written off at the start of year 2. A's worker costs 120,000 a year, a support
/// contract of 12,000 is shared 10 to 90, and A releases 5,000 of cash.
#[test]
fn two_trusts_and_two_assets() {
    let [a, b] = [0, 1].map(|place| Some(OrganisationId::new(place)));
    let case = run(&format!(
        "{WORLD}\n[organisation.a]\nname = \"A\"\n[organisation.b]\nname = \"B\"\n[option.o]\nname = \"O\"\n\
         [cost.p]\namount = \"£1m\"\nfrom = \"2027-03\"\ntreatment = \"capital\"\nlife = \"5 years\"\n\
         shares = {{ a = \"60%\", b = \"40%\" }}\n\
         [cost.q]\namount = \"£300k\"\ntreatment = \"capital\"\nlife = \"3 years\"\nwritten_off = \"2028-04\"\n\
         shares = {{ b = \"100%\" }}\n\
         [cost.r]\namount = \"£12k a year\"\nshares = {{ a = \"10%\", b = \"90%\" }}\n\
         [post.w]\nrole = \"worker\"\nfte = 1\nshares = {{ a = \"100%\" }}\n\
         [benefit.s]\namount = \"£5k a year\"\nkind = \"cash-releasing\"\n"
    ));
    // Opening, additions, amortisation, impairment, closing, of which under construction, dividend. Year 0: B has
    // 400,000, and 300,000 less 11 months of 36, 91,666.67; 3.5% of half of 608,333.33.
    assert_eq!(balance(&case, b, 0), row(&["0", "700000", "91666.67", "0", "608333.33", "0", "10645.83"]));
    // Year 1: a fifth of 600,000; 3.5% x (600,000 + 480,000) / 2.
    assert_eq!(balance(&case, a, 1), row(&["600000", "0", "120000", "0", "480000", "0", "18900"]));
    // 80,000, and 23 months of 36 less 11: 100,000. Dividends 12,600 and 3.5% x (208,333.33 + 108,333.33) / 2 =
    // 5,541.67, each to the penny.
    assert_eq!(balance(&case, b, 1), row(&["608333.33", "0", "180000", "0", "428333.33", "0", "18141.67"]));
    // What is left of `q` goes: 108,333.33. Dividends 9,800 and 3.5% x 54,166.665 = 1,895.83.
    assert_eq!(
        balance(&case, b, 2),
        row(&["428333.33", "0", "80000", "108333.33", "240000", "0", "11695.83"])
    );
    let both = row(&["908333.33", "0", "200000", "108333.33", "600000", "0", "26395.83"]);
    assert_eq!(balance(&case, None, 2), both);
    // Pay, non-pay, amortisation, impairment, dividend, cash released, capital.
    assert_eq!(result(&case, a, 0), row(&["120000", "1200", "0", "0", "10500", "5000", "600000"]));
    assert_eq!(result(&case, b, 0), row(&["0", "10800", "91666.67", "0", "10645.83", "0", "700000"]));
    assert_eq!(
        result(&case, None, 0),
        row(&["120000", "12000", "91666.67", "0", "21145.83", "5000", "1300000"])
    );
    assert_eq!(result(&case, b, 2), row(&["0", "10800", "80000", "108333.33", "11695.83", "0", "0"]));
    // A's dividend of year 2: 3.5% x (480,000 + 360,000) / 2 = 14,700.
    let year = case.run.accounts[0].result(None, 2);
    assert_eq!(
        result(&case, None, 2),
        row(&["120000", "12000", "200000", "108333.33", "26395.83", "5000", "0"])
    );
    // 120,000 + 12,000 + 200,000 + 108,333.33 + 26,395.83, less 5,000.
    assert_eq!((year.cost(), year.net()), (pounds("466729.16"), pounds("461729.16")));
    let limits = year.limits();
    assert_eq!(
        [limits.capital, limits.resource, limits.ring_fenced, limits.impairment].to_vec(),
        row(&["0", "132000", "200000", "108333.33"])
    );
    assert_eq!(case.run.accounts[0].result(None, 0).limits().capital, pounds("1300000"));
}

/// Two streams at work on beta from month 2 of a year on, £7,000 of capital each a month: 140,000 under
/// construction at the end of year 0, 308,000 at the end of year 1.
#[test]
fn what_is_under_construction_adds_up() {
    let long = SERVICE.replace("\"2 team-months\"", "\"50 team-months\"");
    let other = long.replace("[service.s]", "[service.t]");
    let text = one_stream_text("kind = \"temporary\"", &format!("{long}{other}"));
    let case = run(&format!(
        "{text}[option.o.stream.y]\napproach = \"a\"\nservices = [\"t\"]\nstart = \"2026-04\"\n"
    ));
    assert_eq!(balance(&case, None, 0), row(&["0", "140000", "0", "0", "140000", "140000", "2450"]));
    let year = case.run.accounts[0].balance(None, 1);
    assert_eq!(
        (year.opening, year.closing, year.construction),
        (pounds("140000"), pounds("308000"), year.closing)
    );
}

/// A service of one team-month of beta, live in month 1, with a licence of £36,000 over three years bought in
/// month 0, used with it from month 1 at 1,000 a month. Capital of the team's: 7,000 over 5 years.
fn licensed(to: &str) -> Case {
    let service = format!(
        "[service.s]\neffort = {{ beta = \"1 team-month\" }}\nrun = \"£0 a year\"\nupkeep = \"0 team-months a year\"\n\
         {to}cost.l = {{ amount = \"£36k\", from = \"0 months\", treatment = \"capital\", life = \"3 years\" }}\n"
    );
    run(&one_stream_text("kind = \"temporary\"", &service).replace("years = 3", "years = 2"))
}

/// A service that runs to the end of the horizon keeps its assets; one that ends in month 11 (March 2027) takes
/// them with it, and so does one that ends in the month before the horizon's last.
#[test]
fn assets_end_with_their_service() {
    let kept = licensed("");
    // The licence falls in month 1, when the service is live, and is used from month 2: 10 months of year 0 and
    // 12 of year 1 at 1,000; the 7,000 at 116.67 a month, 23 months of 60: 2,683.33.
    let closing = |case: &Case, t: usize| case.run.accounts[0].balance(None, t).closing;
    assert_eq!(closing(&kept, 1), pounds("14000") + pounds("7000") - pounds("2683.33"));
    assert_eq!(kept.run.accounts[0].balance(None, 1).impairment, Decimal::ZERO);
    let ended = licensed("to = \"2027-03\"\n");
    // 26,000, and 7,000 less 11 months of 60, 1,283.33.
    assert_eq!(ended.run.accounts[0].balance(None, 0).impairment, pounds("31716.67"));
    assert_eq!(closing(&ended, 0), Decimal::ZERO);
    let late = licensed("to = \"2028-02\"\n");
    // 15,000, and 7,000 less 22 months of 60, 2,566.67.
    assert_eq!(late.run.accounts[0].balance(None, 1).impairment, pounds("19433.33"));
}

/// Each service's capital is lost by its own stall: `s` loses half of 7,000, `t` nothing.
#[test]
fn a_loss_is_its_own_services() {
    let work = "\nrun = \"£0 a year\"\nupkeep = \"0 team-months a year\"\n";
    let text = format!(
        "{WORLD}\n[approach.a]\nkind = \"temporary\"\nteam = \"one\"\n\
         stall = {{ after = \"50%\", pause = \"1 month\", standing = \"0%\", lost = \"50%\" }}\n\
         [approach.b]\nkind = \"temporary\"\nteam = \"one\"\n\
         [service.s]\neffort = {{ beta = \"2 team-months\" }}{work}\
         [service.t]\neffort = {{ beta = \"6 team-months\" }}{work}\
         [option.o]\nname = \"O\"\n\
         [option.o.stream.x]\napproach = \"a\"\nservices = [\"s\"]\nstart = \"2026-04\"\n\
         [option.o.stream.y]\napproach = \"b\"\nservices = [\"t\"]\nstart = \"2026-04\"\n"
    );
    let impaired =
        run(&text).run.accounts[0].assets.iter().map(|asset| asset.years[0].impairment).collect::<Vec<_>>();
    assert_eq!(impaired, row(&["3500", "0"]));
}

/// Bought in year 0 and used for all of year 1, with another year of use to come.
fn bought(amount: &str, life: &str, more: &str) -> Case {
    let text = format!(
        "{WORLD}\n[option.o]\nname = \"O\"\n[cost.c]\namount = \"{amount}\"\nfrom = \"2027-03\"\n\
         treatment = \"capital\"\nlife = \"{life}\"\n{more}"
    );
    run(&text.replace("years = 3", "years = 2\nresidual = \"straight-line\""))
}

/// Half of what was paid is left, of the cost alone: bias of a fifth makes no asset.
#[test]
fn only_what_was_paid_has_a_residual_value() {
    let residual = |case: &Case| case.real("o", |p| p.kind == Kind::Residual);
    let bias = "category = \"equipment\"\n[optimism_bias]\nequipment = \"20%\"\n";
    assert_eq!(residual(&bought("£1000", "2 years", "")), pounds("-500"));
    assert_eq!(residual(&bought("£1000", "2 years", bias)), pounds("-500"));
    // Fifty pence count; what is used up leaves no posting at all.
    assert_eq!(residual(&bought("£1", "2 years", "")), pounds("-0.50"));
    // What is bought on its own can be used at once.
    let of = AssetOf::Line(LineId::new(0));
    let case = bought("£1000", "2 years", "");
    assert_eq!(asset_plan(&case.plan, &case.run.sheets[0], of).available, Some(0));
    let used_up = bought("£1000", "1 year", "");
    assert!(used_up.run.ledger.postings.iter().all(|p| p.kind != Kind::Residual));
}

/// Complete in the horizon's last month, a service would be live in the next: its capital is on the balance sheet,
/// under construction, and has no residual value.
#[test]
fn what_is_not_in_use_has_no_residual_value() {
    let service = SERVICE.replace("\"2 team-months\"", "\"10 team-months\"");
    let text = one_stream_text("kind = \"temporary\"", &service)
        .replace("years = 3", "years = 1\nresidual = \"straight-line\"");
    let case = run(&text);
    assert_eq!(balance(&case, None, 0), row(&["0", "70000", "0", "0", "70000", "70000", "1225"]));
    assert_eq!(case.real("o", |p| p.kind == Kind::Residual), Decimal::ZERO);
}
