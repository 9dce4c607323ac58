//! The names of things in outputs.

use super::Case;
use crate::explain;
use crate::id::{CategoryId, OptionId, StreamId};
use crate::ledger::{Activity, Element, Posting};

impl Case {
    /// What a posting is for, as a key path: `stream.first/service.booking`, `cost.integration-engine`.
    pub(super) fn element<N>(&self, posting: &Posting<N>) -> String {
        self.key_path(posting.option, posting.element)
    }

    /// The names that charts show as the scenario gives them.
    pub fn drawn_names(&self) -> Vec<&str> {
        let scenario = &self.scenario;
        let programme = [&scenario.programme.name, &scenario.programme.organisation].into_iter();
        let options = scenario.options.iter().map(|option| &option.name);
        let services = scenario.services.iter().map(|service| &service.name);
        let streams = scenario.options.iter().flat_map(|option| &option.streams).map(|stream| &stream.id);
        let mut names = Vec::new();
        for name in programme.chain(options).chain(services).chain(streams) {
            if !names.contains(&name.as_str()) {
                names.push(name.as_str());
            }
        }
        names
    }

    /// An element of an option, likewise.
    pub(super) fn key_path(&self, option: OptionId, element: Element) -> String {
        explain::element(&self.scenario, option, element)
    }

    /// The name of a category.
    pub(super) fn category(&self, id: CategoryId) -> &str {
        explain::category(&self.scenario, id)
    }

    /// The name of a stream in its option.
    pub(super) fn stream(&self, option: OptionId, id: StreamId) -> &str {
        &self.scenario.options[option.place()].streams[id.place()].id
    }
}

/// The groups in which activities are shown to a board.
pub(super) const GROUPS: [(&str, &[Activity]); 8] = [
    ("Approval and forming", &[Activity::Approval, Activity::Review, Activity::Forming]),
    ("Building", &[Activity::Discovery, Activity::Alpha, Activity::Beta]),
    ("Keeping up", &[Activity::Upkeep, Activity::Handover, Activity::Renewal]),
    ("Improving", &[Activity::Improvement]),
    ("Idle and stalled", &[Activity::Idle, Activity::Stalled, Activity::StandDown]),
    ("Running", &[Activity::Run, Activity::Retirement]),
    ("Legacy", &[Activity::Legacy]),
    ("Posts and other lines", &[Activity::Post, Activity::Line]),
];

/// The place of an activity's group; `None` for benefits.
pub(super) fn group(activity: Activity) -> Option<usize> {
    GROUPS.iter().position(|(_, activities)| activities.contains(&activity))
}
