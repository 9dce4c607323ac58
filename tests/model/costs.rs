//! From amounts to postings: what they are made of, uplifts, odd pence, who bears them, and the sums for those who
//! add up by year (MODEL sections 4 and 5).

use rust_decimal::Decimal;
use wholelife::costing::cost;
use wholelife::delivery::Delivery;
use wholelife::id::{OptionId, OrganisationId};
use wholelife::ledger::{Activity, Base, Cause, Discount, Kind, Posting, Sink, Split, Treatment};
use wholelife::number::Number;
use wholelife::plan::Plan;
use wholelife::report::Case;

use crate::model::support::{Asked, SERVICE, WORLD, one_stream, one_stream_text, pounds, row, run};

/// A sink that keeps what it is told of an activity.
struct Told {
    activity: Activity,
    cause: Option<Cause>,
    causes: Vec<(u16, Cause)>,
    bases: Vec<Base<Decimal>>,
}

impl Sink<Decimal> for Told {
    fn because(&mut self, cause: Cause) {
        self.cause = Some(cause);
    }

    fn post(&mut self, posting: Posting<Decimal>) {
        if posting.activity == self.activity {
            self.causes.extend(self.cause.map(|cause| (posting.month, cause)));
        }
    }

    fn base(&mut self, base: Base<Decimal>) {
        if base.activity == self.activity {
            self.bases.push(base);
        }
    }
}

/// What the kernel tells of an activity of the first option.
fn told(case: &Case, activity: Activity) -> Told {
    let mut told = Told { activity, cause: None, causes: Vec::new(), bases: Vec::new() };
    cost(&case.plan, &case.plan.options[0], &case.run.sheets[0], &mut told);
    told
}

/// The months, treatment or share, kind and amount of each base.
fn bases(told: &Told) -> Vec<(std::ops::Range<usize>, Split<Decimal>, Kind, Decimal)> {
    told.bases.iter().map(|base| (base.months.clone(), base.split, base.kind, base.amount)).collect()
}

/// Each amount tells what it comes of and what it is before prices, VAT at 20% beside: a line of £1,200 a year, a post
/// of £120,000 a year, a month of beta at 10,000, of which 70% is capital, approval of £300 and legacy of £1,000 a
/// month with its exit of £5,000, retirement of £7,000 and run cost of £500 a month.
#[test]
fn every_amount_tells_what_it_is_made_of() {
    let service = SERVICE.replace("£0 a year", "£6k a year");
    let service = format!(
        "{service}to = \"2026-09\"\nretire = {{ cost = \"£7k\" }}\n\
         legacy = {{ run = \"£12k a year\", growth = \"0%\", overlap = \"1 month\", exit = \"£5k\" }}\n\
         benefit.b = {{ value = \"£12 a year\", kind = \"societal\", discount = \"health\" }}\n"
    );
    let text = one_stream_text("kind = \"temporary\"\napproval = { cost = \"£300\" }", &service);
    let case = run(&format!(
        "{}[cost.l]\namount = \"£1200 a year\"\nvat = \"irrecoverable\"\ntreatment = \"capital\"\n\
         [post.p]\nrole = \"worker\"\nfte = 1\n",
        text.replace("years = 3", "years = 1")
    ));
    let revenue = Split::Whole(Treatment::Revenue);
    let line = told(&case, Activity::Line);
    let of = |kind, amount: &str| (0..12, Split::Whole(Treatment::Capital), kind, pounds(amount));
    assert_eq!(bases(&line), [of(Kind::Cost, "1200"), of(Kind::Vat, "240")]);
    let because = |vat| Cause::Line { vat, first: 0, months: 12 };
    assert_eq!(line.causes.len(), 24);
    assert!((0..12).all(|m| line.causes[m] == (m as u16, because(false))));
    assert!((0..12).all(|m| line.causes[12 + m] == (m as u16, because(true))));
    let post = told(&case, Activity::Post);
    assert_eq!(bases(&post), [(0..12, revenue, Kind::Cost, pounds("120000"))]);
    assert_eq!(post.causes[11], (11, Cause::Post { part: 0, first: 0, months: 12 }));
    let beta = told(&case, Activity::Beta);
    let capital = Split::Share(pounds("0.7"));
    let month = |m: usize| (m..m + 1, capital, Kind::Cost, pounds("10000"));
    assert_eq!(bases(&beta), [month(2), month(3)]);
    // Discovery, alpha and beta are the first entries; each month of beta is two postings.
    let entry = |m: u16, entry| (m, Cause::Time { entry, part: 0 });
    assert_eq!(beta.causes, [entry(2, 2), entry(2, 2), entry(3, 3), entry(3, 3)]);
    let approval = told(&case, Activity::Approval);
    assert_eq!(bases(&approval), [(0..1, revenue, Kind::Cost, pounds("300"))]);
    assert_eq!(approval.causes, [(0, Cause::Charge(0))]);
    let legacy = told(&case, Activity::Legacy);
    let once = |m: usize, amount: &str| (m..m + 1, revenue, Kind::Cost, pounds(amount));
    let mut expected: Vec<_> = (0..5).map(|m| once(m, "1000")).collect();
    expected.push(once(5, "5000"));
    assert_eq!(bases(&legacy), expected);
    let monthly = |m: u16| (m, Cause::Monthly);
    let months: Vec<_> = (0..5).map(monthly).chain([(5, Cause::Once)]).collect();
    assert_eq!(legacy.causes, months);
    let running = told(&case, Activity::Run);
    assert_eq!(
        (bases(&running), &running.causes),
        (vec![once(4, "500"), once(5, "500")], &vec![monthly(4), monthly(5)])
    );
    assert_eq!(told(&case, Activity::Retirement).causes, [(5, Cause::Once)]);
    let benefit = told(&case, Activity::Benefit);
    assert_eq!(benefit.causes, [monthly(4), monthly(5)]);
    assert!(benefit.bases.iter().all(|base| base.discount == Discount::Health));
    let present = case.run.appraisal.options[0].benefits.societal.present;
    assert_eq!(present, pounds("2"));
}

/// A sink that asks for no detail.
#[derive(Default)]
struct Sums {
    /// By year: cost, cash, benefits; and capital cash.
    years: Vec<[Decimal; 4]>,
    postings: usize,
}

struct Summing<'a>(&'a mut Sums, &'a Plan<Decimal>);

impl Sink<Decimal> for Summing<'_> {
    const DETAILED: bool = false;

    fn post(&mut self, posting: Posting<Decimal>) {
        self.0.postings += 1;
        let year = &mut self.0.years[self.1.year_of[usize::from(posting.month)]];
        if posting.kind.is_benefit() {
            year[2] += posting.economic;
        } else {
            year[0] += posting.economic;
            year[1] += posting.financial;
            if posting.treatment == Treatment::Capital {
                year[3] += posting.financial;
            }
        }
    }

    fn base(&mut self, _: Base<Decimal>) {
        unreachable!("only a detailed sink is told");
    }
}

/// One who adds up by year is told the same sums in fewer postings: a project of 40,000 with its approval, run cost,
/// legacy, benefits, a line and a post, under bias, under contingency, under both and under neither.
#[test]
fn sums_by_year_are_the_same() {
    let service = SERVICE.replace("£0 a year", "£6k a year");
    let service = format!(
        "{service}legacy = {{ run = \"£12k a year\", growth = \"10%\", overlap = \"1 month\", exit = \"£5k\" }}\n\
         benefit.b = {{ value = \"£12k a year\", kind = \"cash-releasing\" }}\n"
    );
    let text = one_stream_text("kind = \"temporary\"\napproval = { cost = \"£300\" }", &service);
    let text = format!(
        "{text}[cost.l]\namount = \"£1200 a year\"\nvat = \"irrecoverable\"\n[post.p]\nrole = \"worker\"\nfte = 1\n"
    );
    let bias = "[optimism_bias]\nbeta = \"20%\"\nrun = \"10%\"\npost = \"10%\"\n";
    let contingency = "[contingency]\nbeta = \"5%\"\napproval = \"5%\"\nline = \"5%\"\n";
    // Bias: 20% of 20,000 of beta, 10% of 500 a month from month 4 to 35, 10% of three years at 120,000.
    // Contingency: 5% of 20,000, of 300, and of 3,600 with its VAT of 720.
    let runs = [
        ("", "", "0", "0"),
        (bias, "", "41600", "0"),
        ("", contingency, "0", "1231"),
        (bias, contingency, "41600", "1231"),
    ];
    for (bias, contingency, more_real, more_cash) in runs {
        let case = run(&format!("{text}{bias}{contingency}"));
        let kind = |kind: Kind| {
            let mine = case.run.ledger.postings.iter().filter(|p| p.kind == kind);
            mine.map(|p| p.economic + p.financial).sum::<Decimal>()
        };
        assert_eq!(
            (kind(Kind::OptimismBias), kind(Kind::Contingency)),
            (pounds(more_real), pounds(more_cash))
        );
        let measures = &case.run.appraisal.options[0];
        let expected: Vec<_> =
            measures.by_year.iter().map(|y| [y.cost, y.cash(), y.benefits, y.capital]).collect();
        let mut sums = Sums { years: vec![Default::default(); 3], ..Sums::default() };
        let sheet = Delivery::by_year().run(&case.plan, &case.plan.options[0]).clone();
        cost(&case.plan, &case.plan.options[0], &sheet, &mut Summing(&mut sums, &case.plan));
        assert_eq!(sums.years, expected);
        assert!(sums.postings < 60, "{}", sums.postings);
        // Benefits are neither capital nor revenue.
        assert!(
            case.run
                .ledger
                .postings
                .iter()
                .all(|p| p.kind.is_benefit() == (p.treatment == Treatment::Neither))
        );
        // And nothing is posted of nothing.
        let postings = &case.run.ledger.postings;
        assert!(postings.iter().all(|p| !(p.economic.is_zero() && p.financial.is_zero())));
    }
    let free = one_stream("kind = \"temporary\"");
    assert!(free.run.ledger.postings.iter().all(|p| !(p.economic.is_zero() && p.financial.is_zero())));
}

/// The whole is rounded, then the capital of it, and revenue is what is left: a month at 100.005 is 100.01, of which
/// half is 50.005 and so 50.01, and 50.00 revenue; all of it capital leaves no penny of revenue on either side.
#[test]
fn no_penny_is_lost_between_capital_and_revenue() {
    let month = |cost: &str, share: &str| {
        let text = one_stream_text("kind = \"temporary\"", SERVICE).replace("£120k", cost);
        let case = run(&format!("{text}[capitalisation]\nbeta = \"{share}\"\n"));
        let of = |treatment: Treatment| {
            let pass = |p: &Posting<Decimal>| p.month == 2 && p.treatment == treatment;
            vec![case.cash("o", pass), case.real("o", pass)]
        };
        (of(Treatment::Capital), of(Treatment::Revenue))
    };
    assert_eq!(month("£1200.06", "50%"), (row(&["50.01", "50.01"]), row(&["50", "50"])));
    assert_eq!(month("£1200.12", "50%"), (row(&["50.01", "50.01"]), row(&["50", "50"])));
    assert_eq!(month("£1200.06", "100%"), (row(&["100.01", "100.01"]), row(&["0", "0"])));
}

/// £100.01 in halves: the first bears 50.005, which is 50.01, and the last what is left. What nobody says of a stream
/// or a line is borne as its service is.
#[test]
fn the_last_bears_what_is_left() {
    let two = "[organisation.a]\nname = \"A\"\n[organisation.b]\nname = \"B\"\n";
    let case = run(&format!(
        "{WORLD}{two}[option.o]\nname = \"O\"\n[cost.c]\namount = \"£100.01\"\nshares = {{ a = \"50%\", b = \"50%\" }}\n"
    ));
    let of = |case: &Case, place: usize| {
        let mine = |p: &Posting<Decimal>| p.organisation == OrganisationId::new(place);
        vec![case.real("o", mine), case.cash("o", mine)]
    };
    assert_eq!((of(&case, 0), of(&case, 1)), (row(&["50.01", "50.01"]), row(&["50", "50"])));
    let service = format!("{SERVICE}shares = {{ b = \"100%\" }}\ncost.l = {{ amount = \"£500\" }}\n");
    let case = run(&format!("{two}{}", one_stream_text("kind = \"temporary\"", &service)));
    assert_eq!((of(&case, 0), of(&case, 1)), (row(&["0", "0"]), row(&["40500", "40500"])));
    let own = service.replace("\"£500\" }", "\"£500\", shares = { a = \"100%\" } }");
    let case = run(&format!("{two}{}", one_stream_text("kind = \"temporary\"", &own)));
    assert_eq!((of(&case, 0), of(&case, 1)), (row(&["500", "500"]), row(&["40000", "40000"])));
}

/// Shares that are stated once alone: of one stream of two, of one service of two, of one post of two.
#[test]
fn one_of_two_is_shared() {
    let two = "[organisation.a]\nname = \"A\"\n[organisation.b]\nname = \"B\"\n";
    let shares = "shares = { b = \"100%\" }\n";
    let text = |service: &str, stream: &str, post: &str| {
        format!(
            "{two}{}{stream}\n[option.o.stream.y]\napproach = \"a\"\nservices = [\"t\"]\nstart = \"2026-04\"\n\
             [post.p]\nrole = \"worker\"\nfte = 1\n{post}\n[post.q]\nrole = \"worker\"\nfte = 1\n",
            one_stream_text(
                "kind = \"temporary\"",
                &format!("{SERVICE}{service}\n{}", SERVICE.replace(".s]", ".t]"))
            )
        )
    };
    // Four months of one team for either stream, and three years of either post.
    let of = |text: &str| {
        let case = run(text);
        let cash = |place: usize| case.cash("o", |p| p.organisation == OrganisationId::new(place));
        vec![cash(0), cash(1)]
    };
    assert_eq!(of(&text("", "", "")), row(&["800000", "0"]));
    assert_eq!(of(&text(shares, "", "")), row(&["760000", "40000"]));
    assert_eq!(of(&text("", shares, "")), row(&["760000", "40000"]));
    assert_eq!(of(&text("", "", shares)), row(&["440000", "360000"]));
    // Of all streams, of all services, of all posts.
    let all = |text: String, each: &str| text.replace(each, &format!("{each}{shares}"));
    let none = || text("", "", "");
    assert_eq!(of(&all(none(), "]\nstart = \"2026-04\"\n")), row(&["720000", "80000"]));
    assert_eq!(of(&all(none(), "upkeep = \"0 team-months a year\"\n")), row(&["720000", "80000"]));
    assert_eq!(of(&all(none(), "fte = 1\n")), row(&["80000", "720000"]));
}

/// £1,020 in the prices of year 1 at 2% growth: 1,000 in base prices. VAT on it is cash alone; a societal benefit of as
/// much is no cash.
#[test]
fn nominal_amounts_meet_their_cases() {
    let case = run(&format!(
        "{WORLD}[option.o]\nname = \"O\"\n\
         [cost.c]\namount = \"£1020\"\nfrom = \"2027-04\"\nprices = \"nominal\"\nvat = \"irrecoverable\"\n\
         [benefit.b]\namount = \"£1020\"\nfrom = \"2027-04\"\nprices = \"nominal\"\nkind = \"societal\"\n"
    )
    .replace("[index.general]\ngrowth = \"0%\"", "[index.general]\ngrowth = \"2%\""));
    let of = |kind: Kind| {
        let mine = |p: &Posting<Decimal>| p.kind == kind;
        vec![case.real("o", mine), case.cash("o", mine)]
    };
    assert_eq!(of(Kind::Cost), row(&["1000", "1020"]));
    assert_eq!(of(Kind::Vat), row(&["0", "204"]));
    assert_eq!(of(Kind::Societal), row(&["1000", "0"]));
    let postings = case.run.postings(OptionId::new(0));
    let benefit = postings.iter().find(|p| p.kind == Kind::Societal).expect("a benefit");
    assert_eq!(benefit.treatment, Treatment::Neither);
}

/// Ended with month 3, before it would have been live in month 4: it never runs, and is not retired. A line of its own,
/// due forty months after go-live, falls beyond the horizon.
#[test]
fn what_never_runs_is_not_retired() {
    let service = SERVICE.replace("£0 a year", "£6k a year");
    let service = format!(
        "{service}cost.l = {{ amount = \"£500\", from = \"40 months\" }}\nretire = {{ cost = \"£7k\" }}\n"
    );
    let case = run(&one_stream_text(
        "kind = \"temporary\"",
        &format!("to = \"2026-07\"\n{service}").replacen(
            "to = \"2026-07\"\n\n[service.s]\n",
            "[service.s]\nto = \"2026-07\"\n",
            1,
        ),
    ));
    let spent = |activity: Activity| case.cash("o", |p| p.activity == activity);
    assert_eq!((spent(Activity::Run), spent(Activity::Retirement)), (Decimal::ZERO, Decimal::ZERO));
    assert_eq!(spent(Activity::Line), Decimal::ZERO);
    assert_eq!(Number::to_penny(spent(Activity::Beta)), pounds("20000"));
}

/// Sums by year of two streams whose teams cost different amounts, of pay that grows, other costs that don't, and VAT on
/// contractors, which is cash alone; with bias on other costs alone, and without. A month of the second team: £20,000
/// of pay, £1,000 of others and £5,000 of contractors, with VAT of £1,000 on those.
#[test]
fn sums_by_year_tell_teams_apart() {
    let text = one_stream_text("kind = \"persistent\"", SERVICE);
    let text = text.replace("[index.pay]\ngrowth = \"0%\"", "[index.pay]\ngrowth = \"10%\"");
    let text = text.replace(
        "[role]\n",
        "[role]\ncontractor = { day_rate = \"£300\", days = 200, vat = \"irrecoverable\" }\n",
    );
    let text = format!(
        "{text}[option.o.stream.y]\napproach = \"b\"\nservices = [\"t\"]\nstart = \"2026-04\"\n{}\
         [approach.b]\nkind = \"persistent\"\nteam = \"two\"\n\
         [team.two]\nmembers = {{ worker = 2, contractor = 1 }}\nnon_pay = \"£12k a year\"\n",
        SERVICE.replace(".s]", ".t]")
    );
    for bias in ["", "[optimism_bias]\nnon-pay = \"20%\"\n"] {
        let case = run(&format!("{text}{bias}"));
        let expected: Vec<_> = case.run.appraisal.options[0]
            .by_year
            .iter()
            .map(|y| [y.cost, y.cash(), y.benefits, y.capital])
            .collect();
        let mut sums = Sums { years: vec![Default::default(); 3], ..Sums::default() };
        let sheet = Delivery::by_year().run(&case.plan, &case.plan.options[0]).clone();
        cost(&case.plan, &case.plan.options[0], &sheet, &mut Summing(&mut sums, &case.plan));
        assert_eq!(sums.years, expected);
    }
}
