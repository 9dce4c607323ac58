//! Services that end, what comes back of capital, part years, and measures that are there only if they say something.

use rust_decimal::Decimal;
use wholelife::appraisal::RateOfReturn;
use wholelife::ledger::{Activity, Kind};
use wholelife::report::Case;

use crate::model::support::{Asked, SERVICE, WORLD, one_stream_text, pounds, row, run};

fn options(text: &str) -> Case {
    run(&format!("{WORLD}\n[option.baseline]\nname = \"Now\"\n{text}"))
}

fn impairment(case: &Case, option: usize) -> Vec<Decimal> {
    (0..case.plan.horizon.years()).map(|t| case.run.accounts[option].result(None, t).impairment).collect()
}

fn closing(case: &Case, option: usize) -> Vec<Decimal> {
    (0..case.plan.horizon.years()).map(|t| case.run.accounts[option].balance(None, t).closing).collect()
}

/// Four team-months, so live in month 4, and ended after month 11: £100 a month from month 4 to 11 is £800; £500 every
/// three months in 4, 7 and 10 is £1,500; £70 two months after its end never falls, nor does £60 a year after go-live.
#[test]
fn a_service_s_own_lines_end_with_it() {
    let lines = "to = \"2027-03\"\n\
        [service.s.cost.licence]\namount = \"£100 a month\"\n[service.s.cost.audit]\namount = \"£500\"\nevery = \"3 months\"\n\
        [service.s.cost.late]\namount = \"£70\"\nfrom = \"10 months\"\n\
        [service.s.cost.later]\namount = \"£60 a month\"\nfrom = \"12 months\"\nto = \"20 months\"\n";
    let case = run(&one_stream_text("kind = \"temporary\"", &format!("{SERVICE}{lines}")));
    assert_eq!(case.lives("o").1, Some(4));
    assert_eq!(case.cash("o", |p| p.activity == Activity::Line), pounds("2300"));
}

/// 36 team-months are done in the last month of three years: the service is live in the month after, and what it costs
/// two months before go-live is not for this horizon.
#[test]
fn a_service_that_goes_live_after_the_horizon_has_no_lines() {
    let service = SERVICE.replace("beta = \"2 team", "beta = \"34 team")
        + "[service.s.cost.training]\namount = \"£9k\"\nfrom = \"-2 months\"\n";
    let case = run(&one_stream_text("kind = \"temporary\"", &service));
    assert_eq!(case.lives("o").1, Some(36));
    assert_eq!(case.cash("o", |p| p.activity == Activity::Line), Decimal::ZERO);
    // A month less of work, and it is live in the last month: the training falls two months before.
    let case = run(&one_stream_text("kind = \"temporary\"", &service.replace("34 team", "33 team")));
    assert_eq!(case.cash("o", |p| p.activity == Activity::Line), pounds("9000"));
}

/// Standing down costs £1,000 a head in month 24, in the third year: 1.1 x 1.1 = 1.21 times that when pay grows by 10%,
/// though the one role of the team follows another index.
#[test]
fn standing_down_follows_pay_whatever_else_does() {
    let text = WORLD
        .replace(
            "[index.pay]\ngrowth = \"0%\"",
            "[index.pay]\ngrowth = \"10%\"\n[index.mine]\ngrowth = \"0%\"",
        )
        .replace("{ cost = \"£120k\" }", "{ cost = \"£120k\", index = \"mine\" }");
    let approach = "[approach.a]\nteam = \"one\"\nkind = \"persistent\"\nstand_down = { when = \"2028-04\", cost = \"£1000\" }";
    let stream = "[option.o.stream.x]\napproach = \"a\"\nservices = [\"s\"]\nstart = \"2026-04\"";
    let case = run(&format!("{text}\n{approach}\n{SERVICE}\n{stream}\n"));
    assert_eq!(case.cash("o", |p| p.activity == Activity::StandDown), pounds("1210"));
}

/// One team-month of work, live in month 1; the team hands over for four months and is gone in month 5. Renewed in
/// month 21 (due 20 months after go-live), handed over until month 26; again in 42, until 47, and in 63. While a hand-over
/// runs, those who keep the service up have learnt since the one before; then they learn anew. With everything lost at
/// first and 60 months to learn it, month 25 is 20 months after the first hand-over: (20 + 1/2) / 60 of upkeep has
/// effect, and neglect grows by (1 - 20.5/60) / 12. Month 26 is 0 months after the second: (1 - 0.5/60) / 12.
#[test]
fn a_second_hand_over_does_not_forget_the_first() {
    let approach = "kind = \"temporary\"\nhandover = { overlap = \"4 months\", loss = \"100%\", recovery = \"60 months\" }\n\
                    upkeep = { coverage = \"100%\", team = \"one\" }\nrenewal = { every = \"20 months\", effort = \"100%\" }";
    let service = "[service.s]\neffort = { beta = \"1 team-month\" }\nrun = \"£0 a year\"\nupkeep = \"1 team-month a year\"\n";
    let case = run(&one_stream_text(approach, service).replace("years = 3", "years = 6"));
    let life = &case.run.sheets[0].lives[0];
    assert_eq!(life.renewed, [21, 42, 63]);
    let grown = |month: usize| life.months[month + 1].neglect - life.months[month].neglect;
    let twelfth =
        |k: i64| (Decimal::ONE - Decimal::new(2 * k + 1, 0) / Decimal::from(120)) / Decimal::from(12);
    for (month, k) in [(25, 20), (26, 0), (43, 17), (46, 20), (47, 0)] {
        assert_eq!(grown(month).round_dp(20), twelfth(k).round_dp(20), "month {month}");
    }
}

/// 24 team-months by a team of one, ended after 12: £120,000 is spent and written off in the year, the team is idle for
/// the other two (a project goes at once: there is nothing to hand over), and what was replaced runs on.
#[test]
fn the_work_on_a_service_stops_when_it_ends() {
    let service = SERVICE.replace("beta = \"2 team", "beta = \"22 team")
        + "to = \"2027-03\"\nretire = { cost = \"£500\" }\nlegacy = { run = \"£12k a year\" }\n\
           [service.s.cost.licence]\namount = \"£100 a month\"\n[capitalisation]\ndiscovery = \"100%\"\nalpha = \"100%\"\nbeta = \"100%\"\n";
    let case = run(&one_stream_text("kind = \"persistent\"", &service));
    assert_eq!(case.lives("o"), (None, None));
    assert_eq!(case.run.appraisal.options[0].capital, pounds("120000"));
    assert_eq!(impairment(&case, 0), row(&["120000", "0", "0"]));
    assert_eq!(case.cash("o", |p| p.activity == Activity::Idle), pounds("240000"));
    assert_eq!(case.cash("o", |p| p.activity == Activity::Legacy), pounds("36000"));
    assert_eq!(
        case.cash("o", |p| [Activity::Line, Activity::Retirement, Activity::Run].contains(&p.activity)),
        Decimal::ZERO
    );
    let project =
        run(&one_stream_text("kind = \"temporary\"\nhandover = { overlap = \"3 months\" }", &service));
    assert_eq!(project.run.sheets[0].courses[0].end, Some(12));
    assert_eq!(project.run.appraisal.options[0].cost.nominal, pounds("120000") + pounds("36000"));
    // Begun when it has ended, the work does not begin at all.
    let late = one_stream_text("kind = \"persistent\"", &service)
        .replace("start = \"2026-04\"\n", "start = \"2027-05\"\n");
    let late = run(&late.replacen("start = \"2027-05\"", "start = \"2026-04\"", 1));
    assert!(late.run.sheets[0].entries.is_empty());
}

/// The next service of the stream is begun in the month after the one before has ended unfinished.
#[test]
fn a_stream_goes_on_to_its_next_service() {
    let long = SERVICE.replace("beta = \"2 team", "beta = \"22 team") + "to = \"2026-09\"\n";
    let next = SERVICE.replace("service.s", "service.t");
    let text = one_stream_text("kind = \"temporary\"", &format!("{long}{next}"));
    let case = run(&text.replace("services = [\"s\"]", "services = [\"s\", \"t\"]"));
    // Six months on the first, four on the second: live in month 10.
    assert_eq!(case.run.sheets[0].lives[1].live, Some(10));
    assert_eq!(case.run.sheets[0].courses[0].end, Some(10));
}

/// £90,000 in June 2026 over three years, £2,500 a month from July: £67,500 is left at the end of March. £60,000 comes
/// back in March 2027, so £7,500 is left, over the 27 months that are left of its life: £3,333.33 in 2027-28. Dividends:
/// 3.5% x 7,500 / 2 = 131.25, and 3.5% x (7,500 + 4,166.67) / 2 = 204.17.
#[test]
fn a_refund_reduces_the_asset_that_it_names() {
    let text = "[option.a.cost.cap]\namount = \"£90k\"\nfrom = \"2026-06\"\ntreatment = \"capital\"\nlife = \"3 years\"\n\
                [option.a.cost.refund]\namount = \"-£60k\"\nfrom = \"2027-03\"\ntreatment = \"capital\"\nrefund_of = \"cap\"\n";
    let case = options(text);
    let accounts = &case.run.accounts[1];
    assert_eq!(accounts.assets.len(), 1);
    let year = |t: usize| accounts.balance(None, t);
    assert_eq!((year(0).amortisation, year(0).closing), (pounds("22500"), pounds("7500")));
    assert_eq!((year(1).amortisation, year(1).closing), (pounds("3333.33"), pounds("4166.67")));
    assert_eq!([year(0).pdc_dividend, year(1).pdc_dividend], [pounds("131.25"), pounds("204.17")]);
    assert_eq!(impairment(&case, 1), row(&["0", "0", "0"]));
    // The horizon ends after 24 of the 27 months: 7,500 x 3 / 27 = 833.33 is left, in the economic case too.
    let residual = case_with_residual(text).real("a", |p| p.kind == Kind::Residual);
    assert_eq!(residual, pounds("-833.33"));
}

fn case_with_residual(text: &str) -> Case {
    let world = WORLD.replace("[programme]\n", "[programme]\nresidual = \"straight-line\"\n");
    run(&format!("{world}\n[option.baseline]\nname = \"Now\"\n{text}"))
}

/// £90,000 comes back in January 2027 of an asset that is worth £72,500 at its end (£2,500 a month from July): nothing is
/// left of it, and the other £17,500 is a gain of the year.
#[test]
fn no_book_value_is_below_nothing() {
    let named = "[option.a.cost.cap]\namount = \"£90k\"\nfrom = \"2026-06\"\ntreatment = \"capital\"\nlife = \"3 years\"\n\
                 [option.a.cost.refund]\namount = \"-£90k\"\nfrom = \"2027-01\"\ntreatment = \"capital\"\nrefund_of = \"cap\"\n";
    let case = options(named);
    assert_eq!(closing(&case, 1), row(&["0", "0", "0"]));
    assert_eq!(impairment(&case, 1), row(&["-17500", "0", "0"]));
    assert_eq!(case.run.accounts[1].balance(None, 0).amortisation, pounds("17500"));
    // A refund of nothing is a gain, all of it, and leaves other assets alone.
    let stray = options(&named.replace("refund_of = \"cap\"\n", ""));
    assert_eq!(impairment(&stray, 1), row(&["-90000", "0", "0"]));
    assert_eq!(closing(&stray, 1), row(&["67500", "37500", "7500"]));
    assert!((0..3).all(|t| stray.run.accounts[1].balance(None, t).pdc_dividend >= Decimal::ZERO));
}

/// Two purchases, £36,000 in April 2026 and £36,000 in October, over 36 months: £1,000 a month from May and from
/// November. At the end of March 2027 £25,000 and £31,000 are left. £30,000 comes back then: all of the first, £5,000
/// of the second, whose £26,000 goes on for its 31 months.
#[test]
fn what_was_used_first_is_refunded_first() {
    let text = "[option.a.cost.cap]\namount = \"£36k\"\nevery = \"6 months\"\nto = \"2026-10\"\ntreatment = \"capital\"\nlife = \"36 months\"\n\
                [option.a.cost.refund]\namount = \"-£30k\"\nfrom = \"2027-03\"\ntreatment = \"capital\"\nrefund_of = \"cap\"\n";
    let case = options(text);
    assert_eq!(closing(&case, 1)[0], pounds("26000"));
    // 26,000 x 12 / 31 = 10,064.52.
    assert_eq!(case.run.accounts[1].balance(None, 1).amortisation, pounds("10064.52"));
}

/// £100,000 of salary: £14,250 + £14,380 + £500 of on-costs and £9,400 of central pension, over twelve. Six months of beta, all capital,
/// live in month 6 with a life of a hundred years: at the end of the year (1 - 6/1200) of all of it is left.
#[test]
fn the_residual_is_of_the_whole_real_capital_cost() {
    let text = "[programme]\nname = \"R\"\nstart = \"2026-04\"\nyears = 1\nresidual = \"straight-line\"\n[index.general]\ngrowth = \"0%\"\n\
                [role.a]\nsalary = \"£100k\"\n[team.t]\nmembers = { a = 1 }\n[approach.p]\nkind = \"persistent\"\nteam = \"t\"\n\
                [capitalisation]\nbeta = \"100%\"\n[service.s]\neffort = { beta = \"6 team-months\" }\nlife = \"100 years\"\n\
                [option.o.stream.x]\napproach = \"p\"\nservices = [\"s\"]\nstart = \"2026-04\"\n";
    let case = run(text);
    let capital = case.real("o", |p| p.activity == Activity::Beta);
    // Six times 129,130 / 12 = 10,760.83 and 9,400 / 12 = 783.33.
    assert_eq!(capital, pounds("69264.96"));
    let left = (capital - capital * Decimal::new(6, 0) / Decimal::from(1200)).round_dp(2);
    assert_eq!(case.real("o", |p| p.kind == Kind::Residual), -left);
}

/// £120,000 a year is £120,000 a year, whatever month it starts in: the horizon from October counts half of its first
/// and half of its last year. Paid a year later each, it is 3.5% more.
#[test]
fn a_flat_cost_is_its_own_equivalent_annual_cost() {
    for start in ["2026-04", "2026-05", "2026-10", "2027-03"] {
        let text = WORLD.replace("start = \"2026-04\"", &format!("start = \"{start}\""));
        let text = format!("{text}\n[option.o.cost.c]\namount = \"£120k a year\"\n");
        assert_eq!(run(&text).run.appraisal.options[0].equivalent_annual_cost, pounds("120000"), "{start}");
        let late = run(&text.replace("[programme]\n", "[programme]\nannuity = \"from year 1\"\n"));
        assert_eq!(late.run.appraisal.options[0].equivalent_annual_cost, pounds("124200"), "{start}");
    }
}

/// £1.2m bought in October 2026 with a life of a hundred years: £1,000 a month from November. The half year of 2026-27
/// bears 3.5% x (0 + 1,195,000) / 2 x 6/12 = 10,456.25; the whole year after it 3.5% x (1,195,000 + 1,183,000) / 2 =
/// 41,615; and so on at £1,000 a month, to the half year of 2029-30.
#[test]
fn a_dividend_of_half_a_year_is_half_a_dividend() {
    let text = WORLD.replace("start = \"2026-04\"", "start = \"2026-10\"")
        + "[option.o.cost.c]\namount = \"£1.2m\"\ntreatment = \"capital\"\nlife = \"100 years\"\n";
    let case = run(&text);
    let year = |t: usize| case.run.accounts[0].balance(None, t);
    // Five months, twelve, twelve, and the six to September 2029.
    assert_eq!(closing(&case, 0), row(&["1195000", "1183000", "1171000", "1165000"]));
    let dividends: Vec<Decimal> = (0..4).map(|t| year(t).pdc_dividend).collect();
    // 3.5% x (1,183,000 + 1,171,000) / 2 = 41,195; 3.5% x (1,171,000 + 1,165,000) / 2 x 6/12 = 20,440.
    assert_eq!(dividends, row(&["10456.25", "41615", "41195", "20440"]));
}

/// A penny more than the baseline is no cost to divide by; a pound is.
#[test]
fn there_is_no_ratio_to_a_rounding() {
    let text = |more: &str| {
        format!(
            "[option.baseline.cost.b]\namount = \"£100k\"\n[option.c.cost.x]\namount = \"£100k\"\n\
             [option.c.cost.y]\namount = \"{more}\"\n[option.c.benefit.s]\namount = \"-£30k\"\nkind = \"societal\"\n"
        )
    };
    let ratios = |more: &str| {
        let case = run(&format!("{WORLD}\n{}", text(more)));
        (case.run.appraisal.options[1].bcr, case.run.appraisal.options[1].rpsc)
    };
    assert_eq!(ratios("£0.01"), (None, None));
    assert_eq!(ratios("£0.99"), (None, None));
    assert_eq!(ratios("£1"), (Some(pounds("-30000")), Some(pounds("-30000"))));
}

/// Full benefit is a date only if it comes: live in month 4, full with the ramp's sixth month in month 9.
#[test]
fn full_benefit_is_reached_or_none() {
    let full = |more: &str| {
        let benefit = "[service.s.benefit.b]\nvalue = \"£12k a month\"\nkind = \"cash-releasing\"\nramp = \"6 months\"\n";
        let service = SERVICE.replace(
            "[service.s]\n",
            &format!("[service.s]\n{}", more.split('|').next().unwrap_or_default()),
        );
        let lines = more.split('|').nth(1).unwrap_or_default();
        run(&one_stream_text("kind = \"temporary\"", &format!("{service}{benefit}{lines}")))
            .run
            .appraisal
            .options[0]
            .full_benefit
    };
    assert_eq!(full(""), Some(9));
    // It ends in month 9, and so is full in its last month; it ends in month 8, and never is.
    assert_eq!(full("to = \"2027-01\"\n"), Some(9));
    assert_eq!(full("to = \"2026-12\"\n"), None);
    // A line outside services: from its first month; over by then; once; by year, in the year with the most a month.
    let line = |text: &str| format!("|[benefit.l]\nkind = \"societal\"\n{text}\n");
    assert_eq!(full(&line("amount = \"£1k a year\"\nfrom = \"2027-06\"")), Some(14));
    assert_eq!(full(&line("amount = \"£1k a year\"\nto = \"2026-12\"")), None);
    assert_eq!(full(&line("amount = \"£1k\"\nfrom = \"2026-05\"")), Some(9));
    assert_eq!(
        full(&line("by_year = { \"2026-27\" = \"£1k\", \"2027-28\" = \"£3k\", \"2028-29\" = \"£2k\" }")),
        Some(12)
    );
}

/// Of an option that only has lines: half a year of £6,000 is as much a month as a whole of £12,000, so the first is full.
#[test]
fn a_part_year_of_a_line_counts_with_its_part() {
    let text = WORLD.replace("start = \"2026-04\"", "start = \"2026-10\"")
        + "[option.o.benefit.b]\nkind = \"societal\"\nby_year = { \"2026-27\" = \"£6k\", \"2027-28\" = \"£12k\" }\n";
    assert_eq!(run(&text).run.appraisal.options[0].full_benefit, Some(0));
    // No benefit, no date.
    let none = run(&format!("{WORLD}\n[option.o.cost.c]\namount = \"£1\"\n"));
    assert_eq!(none.run.appraisal.options[0].full_benefit, None);
}

/// Against a baseline that costs nothing, £1,000 that gives £2,300 a year later returns 130%. With a second outlay in the
/// year after that there are two rates or none, and none is given.
#[test]
fn a_rate_of_return_is_given_where_there_is_one() {
    let text = |last: &str| {
        format!(
            "[option.a.cost.c]\nby_year = {{ \"2026-27\" = \"£1000\", \"2028-29\" = \"{last}\" }}\n\
             [option.a.benefit.b]\nkind = \"societal\"\nby_year = {{ \"2027-28\" = \"£2300\" }}\n"
        )
    };
    // 2,300 / (1 + r) = 1,000: 130%.
    let rate =
        |last: &str| options(&text(last)).run.appraisal.rate_of_return(wholelife::id::OptionId::new(1));
    assert_eq!(rate("£0"), Some(RateOfReturn::One(pounds("1.3"))));
    // 1,000 - 2,300 x + 1,320 x^2 = (1 - 1.1 x)(1 - 1.2 x) x 1,000: 10% and 20%.
    assert_eq!(rate("£1320"), Some(RateOfReturn::Several));
    assert_eq!(rate("£5000"), Some(RateOfReturn::Nothing));
    assert_eq!(options(&text("£0")).run.appraisal.rate_of_return(wholelife::id::OptionId::new(0)), None);
}

/// Categories come to the whole, by year: £12,000 of licences with VAT of £2,400, £120,000 of pay.
#[test]
fn categories_sum_to_the_cost() {
    let text = "[option.a.cost.l]\namount = \"£12k a year\"\ncategory = \"licence\"\nvat = \"irrecoverable\"\n\
                [post.p]\nrole = \"worker\"\noptions = [\"a\"]\n";
    let case = options(text);
    let table = wholelife::report::category_by_year(&case);
    let cash: Vec<String> = table.rows.iter().map(|row| format!("{:?}", row.cells)).collect();
    assert_eq!(cash.len(), 2 * 3, "{cash:?}");
    assert!(cash.iter().any(|row| row.contains("licence") && row.contains("14400")), "{cash:?}");
    assert!(cash.iter().any(|row| row.contains("pay") && row.contains("120000")), "{cash:?}");
}

/// A step of one's own: 3.5% in year 1, 10% from year 2 on. £100 in each of three years: 100 + 100 / 1.035 +
/// 100 / 1.035 / 1.1 = 100 + 96.6184 + 87.8349 = £284.45.
#[test]
fn steps_may_be_added_to_a_discount_schedule() {
    let text = format!(
        "{WORLD}\n[parameter]\ndiscount.green-book-2026.2 = {{ value = \"10%\", source = \"Treasury letter\" }}\n\
         [option.o.cost.c]\namount = \"£100 a year\"\n"
    );
    assert_eq!(run(&text).run.appraisal.options[0].cost.present, pounds("284.45"));
}
