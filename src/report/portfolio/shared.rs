//! Funds that several scenarios draw on.
//!
//! A fund is the same money in two scenarios if it has the same name, kind and carry-forward, and the same grant in each
//! year that both cover. It is granted once. Each scenario, run by itself, takes from it as if nobody else did; here it
//! stands beside what all of them would take. It refuses to guess how other funds might step in.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{Member, Terms};
use crate::calendar::FinancialYear;
use crate::funding::FundAccount;

/// A fund that two or more scenarios share.
#[derive(Clone, Debug)]
pub struct Pot {
    /// What it says of itself.
    pub terms: Terms,
    /// The places of the scenarios in the portfolio.
    pub(super) members: Vec<usize>,
    /// By financial year.
    pub years: Vec<PotYear>,
}

/// A shared fund in a year: brought forward + granted = paid + carried + lapsed. Pounds of that year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PotYear {
    /// Which.
    pub year: FinancialYear,
    /// Left from the year before.
    pub brought_forward: Decimal,
    /// New money, counted once.
    pub granted: Decimal,
    /// What the scenarios take, each as if it were alone.
    pub needed: Decimal,
    /// What there is for it.
    pub paid: Decimal,
    /// Left for the next year.
    pub carried: Decimal,
    /// Unspent and lost.
    pub lapsed: Decimal,
}

impl PotYear {
    /// What is needed and not there.
    pub fn gap(&self) -> Decimal {
        self.needed - self.paid
    }

    /// Whether there is neither money nor need of it.
    pub fn is_idle(&self) -> bool {
        [self.brought_forward, self.granted, self.needed].iter().all(Decimal::is_zero)
    }
}

impl Pot {
    /// How many scenarios draw on it.
    pub fn scenarios(&self) -> usize {
        self.members.len()
    }
}

/// A fund in the making: what is granted and needed in each year.
struct Claims<'a> {
    terms: &'a Terms,
    members: Vec<usize>,
    years: BTreeMap<FinancialYear, (Decimal, Decimal)>,
}

/// The funds that two or more of the options taken share, in the order in which the files bring them; and the names of
/// those that can't be the same money, because scenarios say unlike things of them.
pub(super) fn pots(members: &[Member], taken: &[(usize, usize)]) -> (Vec<Pot>, Vec<String>) {
    let mut all: Vec<Claims<'_>> = Vec::new();
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &(m, p) in taken {
        let member = &members[m];
        for account in member.parts[p].funding.iter().flat_map(|funding| &funding.funds) {
            let terms = &member.funds[account.fund.place()];
            let same_name = by_name.entry(&terms.name).or_default();
            let same = same_name.iter().copied().find(|&at| all[at].is_same(terms, m, member, account));
            let at = same.unwrap_or_else(|| {
                all.push(Claims { terms, members: Vec::new(), years: BTreeMap::new() });
                same_name.push(all.len() - 1);
                all.len() - 1
            });
            all[at].add(m, member, account);
        }
    }
    let several_files = |places: &Vec<usize>| {
        let files: BTreeSet<usize> = places.iter().flat_map(|&at| all[at].members.iter().copied()).collect();
        places.len() > 1 && files.len() > 1
    };
    let unlike = by_name.iter().filter(|(_, places)| several_files(places));
    let unlike = unlike.map(|(name, _)| (*name).to_owned()).collect();
    let shared = all.into_iter().filter(|claims| claims.members.len() > 1);
    (shared.map(Claims::settle).collect(), unlike)
}

impl Claims<'_> {
    fn is_same(&self, terms: &Terms, place: usize, member: &Member, account: &FundAccount<Decimal>) -> bool {
        // Two funds of one file are two, whatever they are called.
        self.terms == terms
            && self.members.last() != Some(&place)
            && account.years.iter().enumerate().all(|(t, year)| {
                self.years.get(&member.year(t)).is_none_or(|(granted, _)| *granted == year.granted)
            })
    }

    fn add(&mut self, place: usize, member: &Member, account: &FundAccount<Decimal>) {
        self.members.push(place);
        for (t, year) in account.years.iter().enumerate() {
            let claim = self.years.entry(member.year(t)).or_insert((year.granted, Decimal::ZERO));
            claim.1 += year.paid(None);
        }
    }

    fn settle(self) -> Pot {
        let mut left = Decimal::ZERO;
        let years = self.years.iter().map(|(&year, &(granted, needed))| {
            let brought_forward = left;
            let paid = needed.min(brought_forward + granted);
            let unspent = brought_forward + granted - paid;
            let (carried, lapsed) =
                if self.terms.carry_forward { (unspent, Decimal::ZERO) } else { (Decimal::ZERO, unspent) };
            left = carried;
            PotYear { year, brought_forward, granted, needed, paid, carried, lapsed }
        });
        let years = years.collect();
        Pot { terms: self.terms.clone(), members: self.members, years }
    }
}
