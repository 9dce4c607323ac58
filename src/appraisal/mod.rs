//! appraisal.
