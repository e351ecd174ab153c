//! What must hold for a site: one file a rule, named for the fault that it finds.

mod appeal_without_clock;
mod bad_area;
mod end_before_start;
mod future_date;
mod half_correction;
mod identity_number;
mod incomplete_alert;
mod long_summary;
mod missing_accessibility_statement;
mod missing_date;
mod missing_message;
mod missing_summary;
mod mixed_script;
mod not_for_web;
mod notice_too_short;
mod partial_without_ground;
mod rejected_without_reason;
pub mod rule;
mod security_expired;
mod stale_translation;
mod supersedes_newer;
mod unknown_variable;
mod vote_totals;

use rule::Rule;

/// All rules, in the order of their names.
pub const RULES: &[&dyn Rule] = &[
    &appeal_without_clock::AppealWithoutClock,
    &bad_area::BadArea,
    &end_before_start::EndBeforeStart,
    &future_date::FutureDate,
    &half_correction::HalfCorrection,
    &identity_number::IdentityNumber,
    &incomplete_alert::IncompleteAlert,
    &long_summary::LongSummary,
    &missing_accessibility_statement::MissingAccessibilityStatement,
    &missing_date::MissingDate,
    &missing_message::MissingMessage,
    &missing_summary::MissingSummary,
    &mixed_script::MixedScript,
    &not_for_web::NotForWeb,
    &notice_too_short::NoticeTooShort,
    &partial_without_ground::PartialWithoutGround,
    &rejected_without_reason::RejectedWithoutReason,
    &security_expired::SecurityExpired,
    &stale_translation::StaleTranslation,
    &supersedes_newer::SupersedesNewer,
    &unknown_variable::UnknownVariable,
    &vote_totals::VoteTotals,
];
