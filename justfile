# `just` lists these; each is one line to run by hand as well. `.ci/run` runs them all.

# List what there is
default:
    @just --list

# Formatting
format:
    cargo fmt --check

# Lints
lint:
    cargo clippy --locked --all-targets --all-features -- -D warnings

# Tests
test:
    cargo test --locked

# Write anew what tests keep of outputs, the README's included: look at the difference first
renew $SNAPSHOTS="overwrite":
    cargo test --locked --test suite -- golden:: pages:: errors:: charts:: format:: rules:: guide::

# How long each step of a run takes
bench:
    cargo bench --locked

# Documentation
doc $RUSTDOCFLAGS="-D warnings":
    cargo doc --locked --no-deps

# The README's report, into `out`
report:
    cargo run --locked --release -- report scenarios/patient-access.toml -o out

# Licences, banned crates, sources (not advisories: see .ci/run)
deny:
    cargo deny --locked check licenses bans sources

# Corpora for fuzzing, out of the scenarios and the tests' inputs
seeds:
    mkdir -p fuzz/corpus/reader fuzz/corpus/run fuzz/corpus/table
    cp scenarios/*.toml tests/errors/*.toml tests/gallery/*.toml fuzz/seeds/*.toml fuzz/corpus/reader
    cp scenarios/*.toml tests/gallery/*.toml fuzz/seeds/*.toml fuzz/corpus/run
    cp scenarios/*.csv tests/errors/*.csv fuzz/seeds/*.csv fuzz/corpus/table

# Needs cargo-llvm-cov, rustup's llvm-tools and jq; takes several times as long as the tests alone. A failed test is told,
# and what the others reach is counted all the same
# Regions of the code that the tests reach, by room, and every one of `rooms` that they don't
coverage rooms="delivery costing accounts funding appraisal":
    cargo llvm-cov --locked --ignore-run-fail --failure-mode all --lib --bins --tests --json --output-path target/coverage.json -- --skip a_write_that_fails
    jq -r --arg rooms "{{rooms}}" -f .ci/coverage.jq target/coverage.json

# Everything that must hold before a change is merged
ci:
    .ci/run
