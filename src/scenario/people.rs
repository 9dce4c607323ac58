//! `[role]`, `[team]` and `[post]`: who there is and what they cost.

use rust_decimal::Decimal;

use super::document::Value;
use super::keys::{Field, Table};
use super::kit::table_of;
use super::measure;
use super::names::Sort;
use super::reader::{Fallback, Reader};
use super::{Origin, Post, Role, RoleCost, TeamKind, Unit, Vat};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{InputId, OptionId, RoleId};

/// The points of a pay band, as the parameters call them.
pub(super) const POINTS: [(&str, &str); 3] =
    [("entry", "entry"), ("intermediate", "intermediate"), ("top", "top")];

/// The keys that say what a role costs, of which it has exactly one.
pub(super) const COSTS: [&str; 4] = ["band", "salary", "day_rate", "cost"];

/// What VAT may be.
pub(super) const VATS: [(&str, Vat); 3] =
    [("none", Vat::None), ("recoverable", Vat::Recoverable), ("irrecoverable", Vat::Irrecoverable)];

/// A band however it is written: `8a`, `8A`, `Band 8a`, `AfC Band 8a`.
fn band_of(text: &str) -> String {
    let text: String = text.to_lowercase().split_whitespace().collect();
    let text = text.strip_prefix("afc").or_else(|| text.strip_prefix("agendaforchange")).unwrap_or(&text);
    text.strip_prefix("band").unwrap_or(text).to_owned()
}

impl Reader<'_> {
    /// Reads `[role]`.
    pub(super) fn read_roles(&mut self, root: &mut Table<'_>) -> Vec<Role> {
        self.each(root, "role", |reader, field| reader.role(field))
    }

    fn role(&mut self, field: &Field<'_>) -> Role {
        let mut table = table_of(field);
        let cost = self.role_cost(&mut table);
        let index = self.index(&mut table, "pay");
        table.finish(self);
        Role { key: field.path.clone(), cost, index }
    }

    fn role_cost(&mut self, table: &mut Table<'_>) -> RoleCost {
        let stated: Vec<&str> = COSTS.into_iter().filter(|key| table.has(key)).collect();
        if stated.is_empty() && table.span().is_some() {
            self.missing(table, "band", "band = \"7\"` or `salary`, `day_rate`, `cost");
        }
        if stated.len() > 1 {
            self.conflict(
                table,
                stated[1],
                format!("`{}` and `{}` exclude one another", stated[0], stated[1]),
            );
        }
        let band = table.take("band");
        let point = table.take("point").and_then(|field| self.choice(&field, &POINTS)).unwrap_or("top");
        let salary = self.input_if_written(table, "salary", measure::PAY);
        let cost = self.input_if_written(table, "cost", measure::PAY);
        let rate = self.input_if_written(table, "day_rate", measure::DAY_RATE);
        self.only_with(table, "point", "band");
        self.only_with(table, "days", "day_rate");
        self.only_with(table, "vat", "day_rate");
        for pay in [salary, cost].into_iter().flatten() {
            self.inputs[pay.place()].unit = Unit::PoundsAYear;
        }
        if let Some(rate) = rate {
            let days = self.input(table, "days", measure::DAYS, Fallback::Figure("default.contract-days"));
            let vat = self.choice_of(table, "vat", &VATS, Vat::Irrecoverable);
            return RoleCost::Day { rate, days, vat };
        }
        table.take("days");
        table.take("vat");
        if let Some(cost) = cost {
            return RoleCost::Loaded(cost);
        }
        match (salary, band) {
            (Some(salary), _) => RoleCost::Salary(salary),
            (None, Some(band)) => RoleCost::Salary(self.band(table, &band, point)),
            (None, None) => RoleCost::Salary(InputId::new(0)),
        }
    }

    /// The salary of a point of a band, an input under the role's own key.
    fn band(&mut self, table: &Table<'_>, field: &Field<'_>, point: &str) -> InputId {
        let points = self.bands_of_pay();
        let choices: Vec<(&str, usize)> =
            points.iter().enumerate().map(|(place, band)| (band.as_str(), place)).collect();
        let known = match &field.node.value {
            Value::Text(text) | Value::Number(text) => points.iter().position(|band| *band == band_of(text)),
            _ => None,
        };
        let Some(place) = known.or_else(|| self.choice(field, &choices)) else { return InputId::new(0) };
        let band = points[place].clone();
        let figure = format!("agenda-for-change.{band}.{point}");
        if self.edition.figure(&figure).is_none() && !self.overridden.contains_key(&figure) {
            let message = format!("band `{band}` has no point `{point}`");
            self.fault(
                Code::UnknownParameter,
                field,
                message,
                "a point that `[parameter]` gives of this band",
            );
        }
        let (estimate, _) = self.figure(&figure, Unit::PoundsAYear);
        self.add(table.path("band"), measure::PAY, Unit::PoundsAYear, estimate, Origin::Parameter(figure))
    }

    /// Reads `[team]`.
    pub(super) fn read_teams(&mut self, root: &mut Table<'_>) -> Vec<TeamKind> {
        let mut sizes = Vec::new();
        let teams = self.each(root, "team", |reader, field| {
            let team = reader.team(field);
            sizes.push((field.key_span, reader.heads(&team)));
            team
        });
        let (limit, _) = self.figure("default.team-heads", Unit::Count);
        for (place, team) in teams.iter().enumerate() {
            let (span, heads) = sizes[place];
            if heads > limit.central() {
                let message = format!("`{}` has {} heads", team.key, heads.normalize());
                let warning = Diagnostic::warning(Code::LargeTeam, &team.key, Some(span), message);
                self.report(
                    warning
                        .expected(format!("at most {} heads", limit.central().normalize()))
                        .help("scale by adding a stream with a team of its own"),
                );
            }
            let like = (0..place).find(|&other| {
                let (less, more) = (heads.min(sizes[other].1), heads.max(sizes[other].1));
                more > less * Decimal::TWO && self.central(team.pace) == self.central(teams[other].pace)
            });
            if let Some(other) = like {
                let message = format!(
                    "`{}` of {} heads and `{}` of {} work at the same pace",
                    team.key,
                    heads.normalize(),
                    teams[other].key,
                    sizes[other].1.normalize()
                );
                let warning = Diagnostic::warning(Code::SamePace, &team.key, Some(span), message);
                self.report(
                    warning
                        .help("say what a team gets done a month against a standard one: `pace = \"35%\"`"),
                );
            }
        }
        teams
    }

    fn heads(&self, team: &TeamKind) -> Decimal {
        team.members.iter().map(|&(_, fte)| self.central(fte)).sum()
    }

    fn team(&mut self, field: &Field<'_>) -> TeamKind {
        let mut table = table_of(field);
        let mut members = Vec::new();
        match table.table("members", self) {
            Some(mut inner) => {
                for member in inner.take_all() {
                    let fte = self.written(&member, measure::HEADS);
                    if let Some(role) = self.refer_key(&member, Sort::Role) {
                        self.names.mark(Sort::Role, role);
                        members.push((RoleId::new(role), fte));
                    }
                }
                if inner.take_all().is_empty() {
                    self.missing(&inner, "ROLE", "developer = 3");
                }
            }
            None if table.span().is_some() && !table.has("members") => {
                self.missing(&table, "members", "members = { developer = 3 }");
            }
            None => {}
        }
        let team = TeamKind {
            key: field.path.clone(),
            members,
            non_pay: self.input(&mut table, "non_pay", measure::YEARLY, Fallback::Nought),
            pace: self.input(&mut table, "pace", measure::PACE, Fallback::One),
            attributable: self.input(&mut table, "attributable", measure::SHARE, Fallback::One),
        };
        table.finish(self);
        team
    }

    /// Reads `[post]`; a role written inside a post joins the roles.
    pub(super) fn read_posts(&mut self, root: &mut Table<'_>, roles: &mut Vec<Role>) -> Vec<Post> {
        self.each(root, "post", |reader, field| reader.post(field, roles))
    }

    fn post(&mut self, field: &Field<'_>, roles: &mut Vec<Role>) -> Post {
        let mut table = table_of(field);
        let role = match table.take("role") {
            Some(role) if matches!(role.node.value, Value::Table(_)) => {
                roles.push(self.role(&role));
                roles.len() - 1
            }
            Some(role) => {
                let place = self.refer(&role, Sort::Role);
                if let Some(place) = place {
                    self.names.mark(Sort::Role, place);
                }
                place.unwrap_or_default()
            }
            None => {
                self.missing(&table, "role", "role = { salary = \"£131,964\" }");
                0
            }
        };
        let fte = self.input(&mut table, "fte", measure::HEADS, Fallback::One);
        let count = self.input(&mut table, "count", measure::COUNT, Fallback::One);
        let backfill = self.input_if_written(&mut table, "backfill", measure::SHARE);
        let options = self.options_of(&mut table);
        let shares = self.shares(&mut table);
        let horizon = self.horizon_or_any();
        // Left out of this horizon: held from the month after it.
        let (from, to) = self.span(&mut table, true).unwrap_or((horizon.last().plus(1), None));
        table.finish(self);
        Post {
            key: field.path.clone(),
            role: RoleId::new(role),
            fte,
            count,
            from,
            to: to.unwrap_or(horizon.last()),
            backfill,
            options,
            shares,
        }
    }

    /// The options that a line or post belongs to: those of `options`, or all.
    pub(super) fn options_of(&mut self, table: &mut Table<'_>) -> Vec<OptionId> {
        let Some(field) = table.take("options") else {
            return (0..self.names.of(Sort::Option).len()).map(OptionId::new).collect();
        };
        let items = self.list(&field, "a list of options, like `[\"team\", \"project\"]`");
        let mut options: Vec<OptionId> =
            items.iter().filter_map(|item| self.refer(item, Sort::Option).map(OptionId::new)).collect();
        options.sort_unstable();
        options.dedup();
        options
    }
}
