//! Whether standard output was closed when the command began (`>&-`).
//!
//! Before `main` Rust's runtime opens `/dev/null` in the place of a closed stream, so that afterwards everything would
//! seem to have been written. What runs here runs before that, and so does nothing but ask.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

static CLOSED: AtomicBool = AtomicBool::new(false);

/// Whether there was no standard output to begin with.
pub(super) fn is_closed() -> bool {
    CLOSED.load(Relaxed)
}

#[cfg(unix)]
#[ctor::ctor]
fn look() {
    CLOSED.store(rustix::io::fcntl_getfd(rustix::stdio::stdout()).is_err(), Relaxed);
}
