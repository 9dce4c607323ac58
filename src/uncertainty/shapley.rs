//! A difference shared among the parts that make it, to the penny.
//!
//! [`shapley`] is exact: every order in which the parts could be changed counts the same. [`path`] is for more
//! parts than that can be done for: one order and its reverse. Both work in whole pence and whole weights, so
//! that the shares add up exactly, and that going the other way negates every one of them.

/// The most parts whose worth is shared exactly: 2^12 runs.
pub const MOST_PARTS: usize = 12;

/// The Shapley value of each part, in pence. `worth` has the worth of every set of parts, in pence: the bits of
/// its place are the parts that are in the set.
///
/// ```text
/// share(i) = sum over sets S without i of |S|! (n - |S| - 1)! / n! x (worth(S with i) - worth(S))
/// ```
pub fn shapley(worth: &[i128]) -> Vec<i128> {
    assert!(worth.len().is_power_of_two(), "a worth for every set");
    let parts = worth.len().trailing_zeros() as usize;
    assert!(parts <= MOST_PARTS, "so few parts that every set can be run");
    let orders: Vec<i128> = (0..parts).map(|size| factorial(size) * factorial(parts - size - 1)).collect();
    let share = |part: usize| {
        let with = 1 << part;
        let without = (0..worth.len()).filter(|set| set & with == 0);
        without.map(|set| orders[set.count_ones() as usize] * (worth[set | with] - worth[set])).sum()
    };
    let shares: Vec<i128> = (0..parts).map(share).collect();
    to_pence(&shares, factorial(parts))
}

/// The share of each part, in pence: the mean of what it changes when the parts are changed one after another
/// in their order, and when they are changed in the reverse order. `forward` has the worth after 0, 1, ...
/// parts of the order, `backward` that after 0, 1, ... parts of the reverse.
pub fn path(forward: &[i128], backward: &[i128]) -> Vec<i128> {
    assert_eq!(forward.len(), backward.len(), "one path, there and back");
    let parts = forward.len() - 1;
    let step = |path: &[i128], place: usize| path[place + 1] - path[place];
    let twice: Vec<i128> =
        (0..parts).map(|part| step(forward, part) + step(backward, parts - 1 - part)).collect();
    to_pence(&twice, 2)
}

/// Shares that add up to a difference as it is reported. Between figures that are rounded posting by posting,
/// and the worths that were shared, which are not, there may be pence: they go to the largest share.
pub(super) fn settled(mut shares: Vec<i128>, difference: i128) -> Vec<i128> {
    let odd = difference - shares.iter().sum::<i128>();
    // The first of equals.
    if let Some(largest) = shares.iter_mut().rev().max_by_key(|share| share.unsigned_abs()) {
        *largest += odd;
    }
    shares
}

fn factorial(n: usize) -> i128 {
    (1..=n as i128).product()
}

/// Whole pence from parts of a penny, whose sum is whole: each is cut towards nought, and the pennies that are
/// left go to the largest remainders, the first of equals before the others. So a share of nought stays
/// nought, and the negatives of all shares become the negatives of all pence.
fn to_pence(shares: &[i128], parts_of_a_penny: i128) -> Vec<i128> {
    let mut pence: Vec<i128> = shares.iter().map(|share| share / parts_of_a_penny).collect();
    let rest: i128 = shares.iter().map(|share| share % parts_of_a_penny).sum();
    assert_eq!(rest % parts_of_a_penny, 0, "the shares sum to whole pence");
    let left = rest / parts_of_a_penny;
    let mut places: Vec<usize> = (0..shares.len()).collect();
    // Stable: equal remainders stay in their order.
    places.sort_by_key(|&place| -(shares[place] % parts_of_a_penny) * left.signum());
    for &place in places.iter().take(left.unsigned_abs() as usize) {
        pence[place] += left.signum();
    }
    pence
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two parts: a alone brings 10, b alone 4, both 20. a first: 10, then b 10; b first: 4, then a 16.
    /// So a = (10 + 16) / 2 = 13, b = (10 + 4) / 2 = 7.
    #[test]
    fn two_parts_share_what_they_bring_together() {
        assert_eq!(shapley(&[0, 10, 4, 20]), [13, 7]);
        // The same by path: there a then b, back b then a: with two parts that is every order.
        assert_eq!(path(&[0, 10, 20], &[0, 4, 20]), [13, 7]);
    }

    /// The glove game: c needs a or b. Worth 1 for {a,c}, {b,c}, {a,b,c}: c = 4/6, a = b = 1/6 of it.
    #[test]
    fn the_glove_game_is_as_in_the_books() {
        let worth = |set: usize| if set & 4 != 0 && set & 3 != 0 { 600 } else { 0 };
        let all: Vec<i128> = (0..8).map(worth).collect();
        assert_eq!(shapley(&all), [100, 100, 400]);
    }

    /// Of 100 pence each of three takes 33 1/3: the first takes the odd penny, and going back gives it back.
    #[test]
    fn odd_pence_are_not_lost_and_go_back_the_way_they_came() {
        let all: Vec<i128> = (0..8_usize).map(|set| if set == 7 { 100 } else { 0 }).collect();
        assert_eq!(shapley(&all), [34, 33, 33]);
        let back: Vec<i128> = all.iter().rev().copied().collect();
        assert_eq!(shapley(&back), [-34, -33, -33]);
    }

    #[test]
    fn pence_of_rounding_go_to_the_largest_share() {
        assert_eq!(settled(vec![5, -40, 40, 0], 7), [5, -38, 40, 0]);
        assert_eq!(settled(vec![-5, 40, -40, 0], -7), [-5, 38, -40, 0]);
        assert_eq!(settled(Vec::new(), 0), [0_i128; 0]);
    }

    #[test]
    fn a_part_that_changes_nothing_has_nothing() {
        let all: Vec<i128> = (0..8_usize).map(|set| [0, 5, 0, 12][set & 3]).collect();
        assert_eq!(shapley(&all)[2], 0);
        assert_eq!(shapley(&all).iter().sum::<i128>(), 12);
        assert_eq!(shapley(&[7]), [0_i128; 0]);
    }
}
