//! Timesheet entries and charges of months that only go on: one a year.

use std::ops::Range;

use super::Task;
use crate::delivery::{Charge, Delivery, Entry};
use crate::ledger::Activity;
use crate::number::Number;
use crate::plan::{Plan, ProgrammeOption};

impl<N: Number> Delivery<N> {
    /// Charges the same approvals in so many more months; reviews and standing down are of this month alone.
    pub(super) fn repeat_charges(&mut self, plan: &Plan<N>, month: usize, months: usize, first: usize) {
        for place in first..self.sheet.charges.len() {
            let charge = self.sheet.charges[place];
            if charge.activity != Activity::Approval {
                continue;
            }
            for months in plan.horizon.by_year(month..month + months + 1) {
                let amount = N::from_count(months.len() as i64) * charge.amount;
                if months.start == month {
                    self.sheet.charges[place].amount = amount;
                } else {
                    self.sheet.charges.push(Charge { month: months.start, amount, ..charge });
                }
            }
        }
    }

    /// Books so many more months like this one, whose entries are those from `first` on, and puts the entries of a
    /// year together.
    pub(super) fn repeat_entries(
        &mut self,
        plan: &Plan<N>,
        option: &ProgrammeOption<N>,
        (month, months): (usize, usize),
        mut first: usize,
        tasks: &[Task<N>],
    ) {
        let mut like_this = std::mem::take(&mut self.like_this);
        like_this.clear();
        if months > plan.horizon.left_of_year(month) {
            like_this.extend_from_slice(&self.sheet.entries[first..]);
        }
        for months in plan.horizon.by_year(month..month + months + 1) {
            if months.start > month {
                first = self.sheet.entries.len();
                self.sheet.entries.extend(like_this.iter().map(|e| Entry { month: months.start, ..*e }));
            }
            self.book(option, first, months.start - month..months.end - month, tasks);
            if plan.year_of[months.start] != self.year {
                (self.year, self.year_begins) = (plan.year_of[months.start], first);
            }
            fold(&mut self.sheet.entries, self.year_begins, first);
        }
        self.like_this = like_this;
    }

    /// Makes entries that stand for one month stand for several: the j-th after it for these j.
    fn book(&mut self, option: &ProgrammeOption<N>, first: usize, months: Range<usize>, tasks: &[Task<N>]) {
        if months.end == 1 {
            return;
        }
        let count = N::from_count(months.len() as i64);
        let entries = &mut self.sheet.entries[first..];
        for entry in entries.iter_mut() {
            (entry.time, entry.cost, entry.work) =
                (count * entry.time, count * entry.cost, count * entry.work);
        }
        for task in tasks {
            task.book(&option.streams[task.stream.place()], self.at_work, months.clone(), entries);
        }
    }
}

/// Adds a month's entries to those of the year so far that differ in their month only.
fn fold<N: Number>(entries: &mut Vec<Entry<N>>, year_begins: usize, month_begins: usize) {
    let mut end = month_begins;
    // Months are alike, so the entry sought is as a rule the one after that found last.
    let mut guess = year_begins;
    for place in month_begins..entries.len() {
        let entry = entries[place];
        let same = |e: &Entry<N>| {
            (e.stream, e.crew, e.service, e.activity)
                == (entry.stream, entry.crew, entry.service, entry.activity)
        };
        let found = (guess..end).chain(year_begins..guess).find(|&other| same(&entries[other]));
        if let Some(found) = found {
            let sum = &mut entries[found];
            sum.time += entry.time;
            sum.cost += entry.cost;
            sum.work += entry.work;
            guess = found + 1;
        } else {
            entries[end] = entry;
            end += 1;
        }
    }
    entries.truncate(end);
}
