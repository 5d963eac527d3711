//! One file a command.

mod build;
mod doctor;

pub(crate) use build::Build;
pub(crate) use doctor::Doctor;
