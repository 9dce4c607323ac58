//! A line on standard error that says how far a long run is: on a terminal only, a few times a second.

use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

const WIDTH: usize = 30;
const EVERY: Duration = Duration::from_millis(200);

/// The line.
pub(super) struct Progress {
    total: usize,
    /// What is done, in the plural.
    what: &'static str,
    start: Instant,
    /// When it was last drawn; nothing if it is never drawn.
    drawn: Option<Mutex<Instant>>,
}

impl Progress {
    /// A line for so many things to do.
    pub(super) fn new(total: usize, what: &'static str) -> Self {
        let start = Instant::now();
        Self { total, what, start, drawn: io::stderr().is_terminal().then(|| Mutex::new(start)) }
    }

    /// Says how many are done. What can't be drawn is left.
    pub(super) fn show(&self, done: usize) {
        // Another thread is drawing: it need not be said twice.
        let Some(Ok(mut drawn)) = self.drawn.as_ref().map(Mutex::try_lock) else { return };
        if drawn.elapsed() >= EVERY {
            *drawn = Instant::now();
            let _ =
                write!(io::stderr(), "\r{}\x1b[K", line((done, self.total), self.what, self.start.elapsed()));
        }
    }

    /// Takes the line away.
    pub(super) fn clear(&self) {
        if self.drawn.is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

fn line((done, total): (usize, usize), what: &str, elapsed: Duration) -> String {
    let rate = done as f64 / elapsed.as_secs_f64().max(1e-9);
    let left = (total - done.min(total)) as f64 / rate.max(1e-9);
    let full = WIDTH * done.min(total) / total.max(1);
    let bar = "#".repeat(full) + &"-".repeat(WIDTH - full);
    format!("[{bar}] {done} of {total} {what}, {rate:.0} a second, {left:.0} s left")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_rate_and_time_left() {
        let line = line((20_000, 100_000), "draws", Duration::from_secs(4));
        let bar = format!("[{}{}]", "#".repeat(6), "-".repeat(24));
        assert_eq!(line, format!("{bar} 20000 of 100000 draws, 5000 a second, 16 s left"));
    }
}
