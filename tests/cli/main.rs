//! The command as users meet it: exit status, what is written where, and what bad input is told.

#![allow(clippy::unwrap_used)]

mod brand;
mod commands;
mod folder;
mod input;
mod models;
mod output;
mod review;
