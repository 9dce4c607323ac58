//! Labels beside what they name, kept apart.

/// A label as high as `height` that would best stand with its middle at `middle`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Label {
    pub(super) middle: f64,
    pub(super) height: f64,
}

/// Labels that touch, and move as one.
struct Block {
    members: usize,
    top: f64,
    height: f64,
}

/// The tops of labels below each other, in the order of their middles, moved as little as need be so that none
/// overlap and all lie between `top` and `bottom`; if they are too high for that together, they go on below.
pub(super) fn apart(labels: &[Label], (top, bottom): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by(|&a, &b| labels[a].middle.total_cmp(&labels[b].middle));
    let inside = |wanted: f64, height: f64| wanted.min(bottom - height).max(top);
    let mut blocks: Vec<Block> = Vec::new();
    for &nth in &order {
        let Label { middle, height } = labels[nth];
        let mut block = Block { members: 1, top: inside(middle - height / 2.0, height), height };
        // A block that overlaps the one before joins it, at the mean of what their members want.
        while let Some(before) = blocks.pop_if(|before| before.top + before.height > block.top) {
            let members = before.members + block.members;
            let shifted = block.top - before.height;
            let mean = (before.top * before.members as f64 + shifted * block.members as f64) / members as f64;
            let height = before.height + block.height;
            block = Block { members, top: inside(mean, height), height };
        }
        blocks.push(block);
    }
    let mut tops = vec![0.0; labels.len()];
    let mut order = order.into_iter();
    for block in blocks {
        let mut free = block.top;
        for nth in order.by_ref().take(block.members) {
            tops[nth] = free;
            free += labels[nth].height;
        }
    }
    tops
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tops(middles: &[f64]) -> Vec<i64> {
        let labels: Vec<Label> = middles.iter().map(|&middle| Label { middle, height: 40.0 }).collect();
        apart(&labels, (-20.0, 320.0)).into_iter().map(|top| top.round() as i64).collect()
    }

    #[test]
    fn labels_with_room_stay_where_they_are() {
        assert_eq!(tops(&[30.0, 220.0, 110.0]), [10, 200, 90]);
    }

    #[test]
    fn labels_at_one_height_are_moved_apart_evenly() {
        assert_eq!(tops(&[120.0, 120.0]), [80, 120]);
        assert_eq!(tops(&[140.0, 120.0]), [130, 90]);
        assert_eq!(tops(&[100.0, 100.0, 100.0]), [40, 80, 120]);
    }

    #[test]
    fn labels_at_the_edge_stay_inside_and_push_the_next() {
        assert_eq!(tops(&[310.0, 315.0]), [240, 280]);
        assert_eq!(tops(&[-50.0, -40.0, 60.0]), [-20, 20, 60]);
    }

    #[test]
    fn more_labels_than_room_go_on_below() {
        assert_eq!(tops(&[0.0; 9]), [-20, 20, 60, 100, 140, 180, 220, 260, 300]);
    }
}
