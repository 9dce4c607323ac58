//! `[organisation]`, and the `shares` in which organisations bear a cost.
//!
//! It refuses shares that don't sum to exactly 100%, and shares where no organisation is declared.

use rust_decimal::Decimal;

use super::document::Value;
use super::keys::{Field, Table};
use super::kit::table_of;
use super::measure;
use super::names::{Sort, nearest};
use super::quantity::short;
use super::reader::Reader;
use super::{Organisation, Programme, Shares};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::OrganisationId;

impl Reader<'_> {
    /// Reads `[organisation]`. The one that `programme.organisation` names, by key or by name, comes first; its
    /// name is then the programme's organisation. With none declared there is one, of that name.
    pub(super) fn read_organisations(&mut self, root: &mut Table<'_>, programme: &mut Programme) {
        let mut declared = self.each(root, "organisation", |reader, field| reader.declared(field));
        if declared.is_empty() {
            let name = programme.organisation.clone();
            self.organisations = vec![Organisation { id: String::new(), name, public: true }];
            return;
        }
        let own = root.take("programme").and_then(|field| Table::of(&field).take("organisation"));
        let first = own.map_or(Some(0), |field| self.own(&field, &declared));
        declared[..=first.unwrap_or(0)].rotate_right(1);
        self.names.mark(Sort::Organisation, first.unwrap_or(0));
        if first.is_some() {
            programme.organisation.clone_from(&declared[0].name);
        }
        self.organisations = declared;
    }

    fn declared(&mut self, field: &Field<'_>) -> Organisation {
        let mut table = table_of(field);
        let id = field.key().to_owned();
        let name = self.called_apart(Sort::Organisation, &mut table, field);
        let public = self.truth(&mut table, "public", true);
        table.finish(self);
        Organisation { id, name, public }
    }

    /// The place of the programme's own organisation among those declared; a warning if it is none of them.
    fn own(&mut self, field: &Field<'_>, declared: &[Organisation]) -> Option<usize> {
        let name = field.text()?;
        let place = declared.iter().position(|known| known.id == name);
        let place = place.or_else(|| declared.iter().position(|known| known.name == name));
        if place.is_none() {
            let first = &declared[0].id;
            let message =
                format!("`{}` is none of the organisations: `{first}` takes its place", short(name));
            let known: Vec<&str> = declared.iter().map(|known| known.id.as_str()).collect();
            let warning = Diagnostic::warning(Code::UnknownName, &field.path, Some(field.node.span), message);
            let near = nearest(name, known.iter().copied().chain(declared.iter().map(|o| o.name.as_str())));
            let warning = warning.expected(format!("one of {}", known.join(", ")));
            self.report(warning.help(format!("write `organisation = \"{first}\"`")).meant_text(near));
        }
        place
    }

    /// The organisation that a value names.
    pub(super) fn organisation_of(&mut self, field: &Field<'_>) -> Option<OrganisationId> {
        if !self.has_organisations(field, "trust-a") {
            return None;
        }
        let place = self.refer(field, Sort::Organisation)?;
        Some(self.organisation_at(place))
    }

    /// The organisation declared at a place; something now refers to it.
    fn organisation_at(&mut self, place: usize) -> OrganisationId {
        self.names.mark(Sort::Organisation, place);
        let name = self.names.of(Sort::Organisation).get(place).map(|name| name.name.as_str());
        let found = self.organisations.iter().position(|known| Some(known.id.as_str()) == name);
        found.map_or(OrganisationId::FIRST, OrganisationId::new)
    }

    /// Whether organisations are declared; reported if not.
    fn has_organisations(&mut self, field: &Field<'_>, example: &str) -> bool {
        let declared = !self.names.of(Sort::Organisation).is_empty();
        if !declared {
            let message = format!("`{}` needs organisations, and none is declared", field.key());
            let fault = Diagnostic::error(Code::Conflict, &field.path, Some(field.key_span), message);
            self.report(fault.help(format!("declare each: `[organisation.{}]`", short(example))));
        }
        declared
    }

    /// The shares under the key `shares`; none if it is not there.
    pub(super) fn shares(&mut self, table: &mut Table<'_>) -> Shares {
        let Some(field) = table.take("shares") else { return Vec::new() };
        if !matches!(field.node.value, Value::Table(_)) {
            self.wrong_sort(
                &field,
                "shares by organisation, like `{ trust-a = \"60%\", trust-b = \"40%\" }`",
            );
            return Vec::new();
        }
        let entries = Table::of(&field).take_all();
        if !self.has_organisations(&field, entries.first().map_or("trust-a", Field::key)) {
            return Vec::new();
        }
        let stand_ins = self.stand_ins();
        let mut shares = Vec::new();
        for entry in &entries {
            let share = self.written(entry, measure::SHARE);
            if let Some(place) = self.refer_key(entry, Sort::Organisation) {
                shares.push((self.organisation_at(place), share));
            }
        }
        if stand_ins == self.stand_ins() && shares.len() == entries.len() {
            self.check_sum(&field, &shares, table.base());
        }
        shares
    }

    /// Central values are summed: a share that is uncertain needs a counterpart that is, or none.
    fn check_sum(&mut self, field: &Field<'_>, shares: &Shares, of: &str) {
        let sum: Decimal = shares.iter().map(|&(_, share)| self.central(share)).sum();
        if sum != Decimal::ONE {
            let percent = (sum * Decimal::ONE_HUNDRED).normalize();
            let message = format!("the shares of `{of}` sum to {percent}%");
            self.fault(Code::SharesDoNotSum, field, message, "shares that sum to exactly 100%");
        }
    }
}
