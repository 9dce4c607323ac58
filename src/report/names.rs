//! The names of things in outputs.

use super::Case;
use crate::id::{CategoryId, OptionId, ServiceId, StreamId};
use crate::ledger::{Activity, CATEGORIES, Element, Posting};

impl Case {
    /// What a posting is for, as a key path: `stream.first/service.booking`, `cost.integration-engine`.
    pub(super) fn element<N>(&self, posting: &Posting<N>) -> String {
        self.key_path(posting.option, posting.element)
    }

    /// An element of an option, likewise.
    pub(super) fn key_path(&self, option: OptionId, element: Element) -> String {
        let scenario = &self.scenario;
        let stream = |id: StreamId| format!("stream.{}", self.stream(option, id));
        let service = |id: ServiceId| scenario.services[id.place()].key.clone();
        match element {
            Element::Stream(id) => stream(id),
            Element::Work(id, on) => format!("{}/{}", stream(id), service(on)),
            Element::Service(id) => service(id),
            Element::Legacy(id) => format!("{}.legacy", service(id)),
            Element::Benefit(id) => scenario.benefits[id.place()].key.clone(),
            Element::Line(id) => scenario.lines[id.place()].key.clone(),
            Element::Post(id) => scenario.posts[id.place()].key.clone(),
        }
    }

    /// The name of a category.
    pub(super) fn category(&self, id: CategoryId) -> &str {
        let place = id.place();
        CATEGORIES.get(place).copied().unwrap_or_else(|| &self.scenario.categories[place])
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
