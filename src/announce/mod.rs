//! What is told, once.
//!
//! `plan` (pure) says what a run would do and why or why not; `deliver` does it, durable before and after each request;
//! `settle` finds out what became of a request without an answer; `resolve` lets a person say it where nothing can know.

mod asking;
mod book;
pub mod deliver;
mod diary;
mod endings;
pub mod erased;
mod happenings;
pub mod lane;
mod live;
pub mod outcome;
pub mod plan;
mod planner;
pub mod reach;
pub mod rename;
pub mod resolve;
pub mod settle;
pub mod show;
pub mod show_markdown;
pub mod steps;
pub mod verdict;
pub mod words;
