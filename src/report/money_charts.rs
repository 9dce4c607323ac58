//! Charts of money: need against funds, and the accounts.

use rust_decimal::Decimal;

use super::{Case, claim, words};
use crate::accounts::IncomeAndExpenditure;
use crate::calendar::FinancialYear;
use crate::chart::{AssetPanel, Assets, Body, Chart, FundedYear, Funding, FundingPanel, Ink, Series};
use crate::funding::FundAccount;
use crate::id::OptionId;
use crate::number::Number;
use crate::plan::FundKind;

/// Need against funds by year, capital above revenue.
pub fn funding_chart(case: &Case) -> Chart {
    let options = (0..case.scenario.options.len()).map(OptionId::new);
    let has_funds = !case.scenario.funds.is_empty();
    let panels = options.filter(|_| has_funds).map(|id| {
        let [capital, revenue] = case.run.funding[id.place()].gap();
        let years = |kind: usize| (0..case.plan.horizon.years()).map(|t| funded(case, id, kind, t)).collect();
        FundingPanel {
            name: case.name(id).to_owned(),
            note: if (capital + revenue).is_zero() {
                "paid for in every year".to_owned()
            } else {
                format!("short: {} capital, {} revenue", words::pounds(capital), words::pounds(revenue))
            },
            kinds: vec![years(0), years(1)],
        }
    });
    Chart {
        title: funding_title(case),
        subtitle: format!(
            "Cash by financial year in prices of each year, with VAT that can't be recovered{}",
            case.in_part()
        ),
        source: case.source(),
        body: Body::Funding(Funding {
            years: years(case),
            kinds: vec!["Capital".to_owned(), "Revenue".to_owned()],
            panels: panels.collect(),
        }),
    }
}

/// A kind of money in a year. What is left of a fund for either kind is shown with revenue.
fn funded(case: &Case, id: OptionId, kind: usize, t: usize) -> FundedYear {
    let funding = &case.run.funding[id.place()];
    let need = funding.need(None, t);
    let of_kind = |fund: &&FundAccount<Decimal>| {
        usize::from(case.plan.funds[fund.fund.place()].kind != FundKind::Capital) == kind
    };
    let left =
        |of: &dyn Fn(&FundAccount<Decimal>) -> Decimal| funding.funds.iter().filter(of_kind).map(of).sum();
    let (lapsed, carried): (Decimal, Decimal) = (left(&|f| f.years[t].lapsed), left(&|f| f.years[t].carried));
    let [paid, gap, lapsed, carried] =
        [need.paid[kind], need.gap()[kind], lapsed, carried].map(Number::to_f64);
    FundedYear { paid, gap, lapsed, carried }
}

/// Who is short of what over all years.
fn funding_title(case: &Case) -> String {
    let kinds = ["capital", "revenue"];
    let mut short = Vec::new();
    let mut paid_for = Vec::new();
    for (option, funding) in case.scenario.options.iter().zip(&case.run.funding) {
        let gaps = funding.gap().into_iter().zip(kinds).filter(|(gap, _)| !gap.is_zero());
        let gaps: Vec<String> = gaps.map(|(gap, kind)| format!("{} of {kind}", words::pounds(gap))).collect();
        if gaps.is_empty() {
            paid_for.push(option.name.clone());
        } else {
            short.push(format!("{} {}", option.name, words::list(&gaps)));
        }
    }
    let told = match (short.as_slice(), paid_for.as_slice()) {
        ([], _) => return "Every option is paid for in every year".to_owned(),
        (short, []) => words::list(short),
        (short, paid_for) => format!("{}; paid for: {}", words::list(short), words::list(paid_for)),
    };
    let brief = || {
        let gaps = case.run.funding.iter().map(|funding| funding.gap().into_iter().sum::<Decimal>());
        let gaps = gaps.enumerate().map(|(place, gap)| (OptionId::new(place), gap));
        let (most, by) = claim::highest(gaps).unwrap_or_default();
        let (names, all) = (claim::names(case, &most), words::count(case.scenario.options.len()));
        let included = claim::included(case);
        format!("{} of {all} options{included}; most, by {}: {names}", short.len(), words::pounds(by))
    };
    format!("Short: {}", words::list_or(&[told], brief))
}

/// What an income and expenditure account is made of, with its sign.
type Part = (&'static str, Ink, fn(&IncomeAndExpenditure<Decimal>) -> Decimal);

const PARTS: [Part; 6] = [
    ("Pay", Ink::Pay, |y| y.pay),
    ("Non-pay", Ink::NonPay, |y| y.non_pay),
    ("Amortisation", Ink::Amortisation, |y| y.amortisation),
    ("Impairment", Ink::Impairment, |y| y.impairment),
    ("PDC dividend", Ink::Dividend, |y| y.pdc_dividend),
    ("Cash-releasing benefits", Ink::Benefit, |y| -y.cash_released),
];

/// Asset value above, income and expenditure below.
pub fn accounts_chart(case: &Case) -> Chart {
    let all = 0..case.plan.horizon.years();
    let panels = case.scenario.options.iter().zip(&case.run.accounts).map(|(option, accounts)| {
        let balances: Vec<_> = all.clone().map(|t| accounts.balance(None, t)).collect();
        let amounts = |of: fn(&IncomeAndExpenditure<Decimal>) -> Decimal| {
            all.clone().map(|t| Number::to_f64(of(&accounts.result(None, t)))).collect()
        };
        AssetPanel {
            name: option.name.clone(),
            note: String::new(),
            in_use: balances.iter().map(|b| Number::to_f64(b.closing - b.construction)).collect(),
            under_construction: balances.iter().map(|b| Number::to_f64(b.construction)).collect(),
            effects: PARTS.iter().map(|&(_, _, of)| amounts(of)).collect(),
        }
    });
    Chart {
        title: accounts_title(case),
        subtitle: format!(
            "Net book value at year end, and effect on income and expenditure, nominal{}",
            case.in_part()
        ),
        source: case.source(),
        body: Body::Assets(Assets {
            years: years(case),
            effects: PARTS.iter().map(|&(name, ink, _)| Series { name: name.to_owned(), ink }).collect(),
            panels: panels.collect(),
        }),
    }
}

/// The worst year, or years, of each option but the baseline.
fn accounts_title(case: &Case) -> String {
    let heaviest = |id: OptionId| {
        let accounts = &case.run.accounts[id.place()];
        let years = (0..case.plan.horizon.years()).map(|t| (t, accounts.result(None, t).net()));
        claim::highest(years).unwrap_or_default()
    };
    let tell = |id: OptionId| {
        let (years, net) = heaviest(id);
        format!("{} {} in {}", case.name(id), words::signed(net), claim::years(case, &years))
    };
    let rivals = claim::rivals(case);
    let told: Vec<String> = rivals.iter().copied().map(tell).collect();
    let brief = || {
        let of_all = rivals.iter().map(|&id| (id, heaviest(id).1));
        let (most, net) = claim::highest(of_all).unwrap_or_default();
        let told = match most.as_slice() {
            [one] => tell(*one),
            several => format!("{} {} each", claim::names(case, several), words::signed(net)),
        };
        format!("{told}, the most of {} options", words::count(rivals.len()))
    };
    let apart = if rivals.len() > 1 { claim::apart(case) } else { "" };
    format!("Heaviest year of income and expenditure{apart}: {}", words::list_or(&told, brief))
}

fn years(case: &Case) -> Vec<FinancialYear> {
    (0..case.plan.horizon.years()).map(|t| case.plan.horizon.year(t)).collect()
}
