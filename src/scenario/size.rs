//! How large a scenario may be: limits that no programme comes near, so that whatever is accepted can be run.
//!
//! It refuses a longer file and more things of a sort than the model is made for, and cuts the rest off, so that nothing
//! behind it has to count; and it refuses a scenario whose things are each few enough but too many all together.

use super::document::{Node, Value};
use super::{Line, Scenario, Shares};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::OptionId;

/// Bytes of a scenario file.
const MOST_BYTES: usize = 4_000_000;

/// The most things of each sort, by the key path at which they stand; `NAME` is any name. What is not here is bounded by
/// what is: team members by roles, shares by organisations, years by the horizon, lists of names by the names there are.
pub const LIMITS: [(&str, usize); 20] = [
    ("option", 40),
    ("option.NAME.stream", 100),
    ("option.NAME.cost", 1_000),
    ("option.NAME.benefit", 1_000),
    ("service", 1_000),
    ("service.NAME.cost", 100),
    ("service.NAME.benefit", 100),
    ("organisation", 40),
    ("role", 200),
    ("team", 200),
    ("post", 1_000),
    ("approach", 200),
    ("cost", 1_000),
    ("benefit", 1_000),
    ("fund", 200),
    ("index", 100),
    ("correlation", 100),
    ("allow", 1_000),
    ("decision", 1_000),
    ("change", 1_000),
];

/// Postings that a run can come to: they are what takes memory and time.
const MOST_POSTINGS: usize = 5_000_000;

/// The fault of a text that is too long to look at.
pub(super) fn fault_of_text(text: &str) -> Option<Diagnostic> {
    let message = || format!("a scenario of more than {} MB is too large", MOST_BYTES / 1_000_000);
    (text.len() > MOST_BYTES).then(|| Diagnostic::error(Code::TooLarge, "", None, message()))
}

/// Cuts off what is more than the model accepts, and tells it.
pub(super) fn cut(root: &mut Node, diagnostics: &mut Vec<Diagnostic>) {
    for (path, most) in LIMITS {
        let Some((sort, inner)) = path.split_once(".NAME.") else {
            cut_to(root, path, (path, most), diagnostics);
            continue;
        };
        let Some(Value::Table(things)) = entry(root, sort).map(|node| &mut node.value) else { continue };
        for thing in things {
            let path = format!("{sort}.{}.{inner}", thing.key);
            cut_to(&mut thing.node, &path, (inner, most), diagnostics);
        }
    }
}

fn entry<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    let Value::Table(entries) = &mut node.value else { return None };
    entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.node)
}

fn cut_to(node: &mut Node, path: &str, (key, most): (&str, usize), diagnostics: &mut Vec<Diagnostic>) {
    let Some(things) = entry(node, key) else { return };
    let (count, span) = match &mut things.value {
        Value::Table(entries) if entries.len() > most => {
            let span = entries[most].key_span;
            let count = entries.len();
            entries.truncate(most);
            (count, span)
        }
        Value::List(items) if items.len() > most => {
            let span = items[most].span;
            let count = items.len();
            items.truncate(most);
            (count, span)
        }
        _ => return,
    };
    let message = format!("there are {count} tables `{key}`");
    diagnostics.push(
        Diagnostic::error(Code::TooLarge, path, Some(span), message).expected(format!("at most {most}")),
    );
}

/// The fault of a scenario whose run would come to more postings than fit.
pub(super) fn fault_of_postings(scenario: &Scenario) -> Option<Diagnostic> {
    let months = scenario.programme.horizon.months();
    let lifts =
        1 + usize::from(!scenario.optimism_bias.is_empty()) + usize::from(!scenario.contingency.is_empty());
    let of = |option| a_month(scenario, option).saturating_mul(months * lifts);
    let postings = (0..scenario.options.len()).map(|place| of(OptionId::new(place)));
    let postings = postings.fold(0_usize, usize::saturating_add);
    if postings <= MOST_POSTINGS {
        return None;
    }
    let message = format!(
        "this scenario is too large to run: up to {postings} amounts over its options, services, lines and months"
    );
    let expected = format!(
        "at most {MOST_POSTINGS}: fewer options or services in one file, a shorter horizon, or tables whose rows are summed"
    );
    Some(Diagnostic::error(Code::TooLarge, "", None, message).expected(expected))
}

/// The most postings that an option can have in a month, without what comes on top of them.
fn a_month(scenario: &Scenario, option: OptionId) -> usize {
    let bearers = |shares: &Shares| shares.len().max(1);
    // Of a service: its run cost, the system that it replaces, its benefits.
    let services = scenario.services.iter().map(|service| {
        bearers(&service.shares) * (1 + usize::from(service.legacy.is_some()) + service.benefits.len())
    });
    let bears = |line: &&Line| line.options.contains(&option);
    let lines = scenario.lines.iter().filter(bears).map(|line| bearers(&line.shares));
    let posts = scenario.posts.iter().filter(|post| post.options.contains(&option));
    let posts = posts.map(|post| bearers(&post.shares));
    // Of a stream: each role of its team and what is no pay, for its own crew, a renewal's and that of upkeep.
    let roles = scenario.teams.iter().map(|team| team.members.len() + 1).max().unwrap_or(1);
    let streams = &scenario.options[option.place()].streams;
    let streams = streams.iter().map(|stream| bearers(&stream.shares) * 3 * roles);
    services.chain(lines).chain(posts).chain(streams).fold(0, usize::saturating_add)
}
