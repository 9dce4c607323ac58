//! `refund_of`: capital that comes back, and the asset that it comes back from.
//!
//! What a line refunds may stand anywhere in the file, so names are looked up when all lines are known: first among the
//! cost lines of the same option, then among those of the programme, then among services; or by the whole key path.

use std::ops::Range;

use rust_decimal::Decimal;

use super::keys::Field;
use super::names::Sort;
use super::reader::{Reader, no_such_name};
use super::{Amount, Line};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::id::{InputId, LineId, ServiceId};
use crate::ledger::AssetOf;

/// A refund as it is written.
#[derive(Debug)]
pub(super) struct Refund {
    /// The lines that it is said of: one, or the rows of a table.
    lines: Range<usize>,
    /// The name of what is refunded.
    of: String,
    path: String,
    span: Span,
}

impl Reader<'_> {
    /// Notes that lines refund something.
    pub(super) fn note_refund(&mut self, field: &Field<'_>, lines: Range<usize>) {
        if let Some(of) = self.text(field) {
            let (path, span) = (field.path.clone(), field.node.span);
            self.refunds.push(Refund { lines, of, path, span });
        }
    }

    /// Finds what each refund is of, now that all lines are known.
    pub(super) fn read_refunds(&mut self, lines: &mut [Line]) {
        let refunds = std::mem::take(&mut self.refunds);
        let is_refund = |place: usize| refunds.iter().any(|refund| refund.lines.contains(&place));
        for refund in &refunds {
            let Some(of) = self.refunded(refund, lines) else { continue };
            if let AssetOf::Line(id) = of
                && is_refund(id.place())
            {
                let message = format!("`{}` is a refund itself", lines[id.place()].key);
                let fault = Diagnostic::error(Code::Conflict, &refund.path, Some(refund.span), message);
                self.report(fault.expected("the name of a capital line or of a service"));
                continue;
            }
            for place in refund.lines.clone() {
                if let Some(fault) = self.fault_of_refund(refund, lines, place, of) {
                    self.report(fault);
                    break;
                }
                lines[place].refund_of = Some(of);
            }
        }
    }

    fn refunded(&mut self, refund: &Refund, lines: &[Line]) -> Option<AssetOf> {
        let own = lines[refund.lines.start].key.split(".cost.").next().unwrap_or_default();
        let keys = [format!("{own}.cost.{}", refund.of), format!("cost.{}", refund.of), refund.of.clone()];
        let line = keys.iter().find_map(|key| lines.iter().position(|line| line.key == *key));
        let service = || {
            let name = refund.of.strip_prefix("service.").unwrap_or(&refund.of);
            self.names.place(Sort::Service, name)
        };
        let of = line.map(|place| AssetOf::Line(LineId::new(place)));
        let of = of.or_else(|| service().map(|place| AssetOf::Service(ServiceId::new(place))));
        if of.is_none() {
            let short = |key: &str| key.strip_prefix("cost.").unwrap_or(key).to_owned();
            let buys = |line: &&Line| {
                line.flow.is_capital() && self.refunded_amounts(line).any(|amount| amount > Decimal::ZERO)
            };
            let mut known: Vec<String> = lines.iter().filter(buys).map(|line| short(&line.key)).collect();
            known.extend(self.known(Sort::Service));
            let word = "capital line or service";
            self.report(no_such_name(&refund.path, refund.span, word, &refund.of, Some(&known)));
        }
        of
    }

    fn fault_of_refund(
        &self,
        refund: &Refund,
        lines: &[Line],
        place: usize,
        of: AssetOf,
    ) -> Option<Diagnostic> {
        let line = &lines[place];
        let fault = |message: String, expected: &str| {
            let fault = Diagnostic::error(Code::Conflict, &refund.path, Some(refund.span), message);
            Some(fault.expected(expected))
        };
        if !line.flow.is_capital() {
            let message = format!("`{}` is revenue: only capital reduces an asset", line.key);
            return fault(message, "beside it, `treatment = \"capital\"`");
        }
        if self.refunded_amounts(line).any(|amount| amount > Decimal::ZERO) {
            let message = format!("`{}` is money spent, not money that comes back", line.key);
            return fault(message, "beside a refund, an amount below nothing, like \"-£90k\"");
        }
        if let AssetOf::Line(id) = of {
            let bought = &lines[id.place()];
            if !bought.flow.is_capital() {
                let message = format!("`{}` buys no asset that could be refunded", bought.key);
                return fault(message, "the name of a capital line or of a service");
            }
            if line.options.iter().any(|option| !bought.options.contains(option)) {
                let message = format!("`{}` is not bought in every option that has this refund", bought.key);
                return fault(message, "a capital line of the same options");
            }
        }
        None
    }

    fn refunded_amounts<'l>(&'l self, line: &'l Line) -> impl Iterator<Item = Decimal> + 'l {
        let amounts: Vec<InputId> = match &line.amount {
            Amount::Once(amount) | Amount::Rate(amount) => vec![*amount],
            Amount::ByYear(years) => years.iter().map(|&(_, amount)| amount).collect(),
        };
        amounts.into_iter().map(|id| self.central(id))
    }
}
