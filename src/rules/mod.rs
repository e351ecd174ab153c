//! What must hold for a site: one file a rule, named for the fault that it finds.

mod appeal_without_clock;
mod bad_area;
mod end_before_start;
mod future_date;
mod half_correction;
mod identity_number;
mod long_summary;
mod missing_date;
mod missing_message;
mod missing_summary;
mod notice_too_short;
mod partial_without_ground;
mod rejected_without_reason;
pub mod rule;
mod security_expired;
mod stale_translation;
mod supersedes_newer;
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
    &long_summary::LongSummary,
    &missing_date::MissingDate,
    &missing_message::MissingMessage,
    &missing_summary::MissingSummary,
    &notice_too_short::NoticeTooShort,
    &partial_without_ground::PartialWithoutGround,
    &rejected_without_reason::RejectedWithoutReason,
    &security_expired::SecurityExpired,
    &stale_translation::StaleTranslation,
    &supersedes_newer::SupersedesNewer,
    &vote_totals::VoteTotals,
];
