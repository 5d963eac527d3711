//! Framing of the records in the manifest section.
//!
//! | bytes | what |
//! |---|---|
//! | 0..4 | magic, `KRNL` |
//! | 4..6 | format version, u16 little endian |
//! | 6..10 | payload length, u32 little endian |
//! | 10..14 | CRC-32 of the payload (IEEE, as in zip) |
//! | 14.. | payload: JSON of one [`Record`] |
//!
//! Linkers may put zero bytes between records, never inside one.

use crate::{Record, abi};
use std::fmt;

/// First bytes of every record.
pub const MAGIC: [u8; 4] = *b"KRNL";

/// Version of the record format; raised whenever an old reader would misread a new record.
pub const VERSION: u16 = 1;

const HEADER: usize = 14;

/// Why a manifest section can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FrameError {
    /// No record where one must start.
    Magic {
        /// Offset in the section.
        offset: usize,
    },
    /// Written by another version of the macro.
    Version {
        /// The version in the section.
        found: u16,
    },
    /// The section ends inside a record.
    Truncated {
        /// Offset of the record in the section.
        offset: usize,
    },
    /// The checksum does not match.
    Checksum {
        /// Offset of the record in the section.
        offset: usize,
    },
    /// The payload is not a record.
    Payload {
        /// Offset of the record in the section.
        offset: usize,
        /// What the decoder says.
        message: String,
    },
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let section = abi::SECTION;
        match self {
            FrameError::Magic { offset } => {
                write!(f, "section `{section}`: no record at byte {offset}")
            }
            FrameError::Version { found } => write!(
                f,
                "section `{section}`: the kernels were compiled with manifest format {found}, this \
                 cargo-kernel reads format {VERSION}: give kernel-runtime and cargo-kernel the same version \
                 (`cargo install cargo-kernel --version {}`)",
                env!("CARGO_PKG_VERSION")
            ),
            FrameError::Truncated { offset } => {
                write!(
                    f,
                    "section `{section}`: the record at byte {offset} is cut off"
                )
            }
            FrameError::Checksum { offset } => write!(
                f,
                "section `{section}`: the record at byte {offset} does not match its checksum"
            ),
            FrameError::Payload { offset, message } => write!(
                f,
                "section `{section}`: the record at byte {offset} can't be decoded: {message}"
            ),
        }
    }
}

impl std::error::Error for FrameError {}

/// The bytes of one record.
pub fn encode(record: &Record) -> Vec<u8> {
    let payload = serde_json::to_vec(record).expect("a record has string keys alone");
    let length = u32::try_from(payload.len()).expect("a record is smaller than 4 GiB");
    let mut bytes = Vec::with_capacity(HEADER + payload.len());
    bytes.extend(MAGIC);
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend(length.to_le_bytes());
    bytes.extend(crc32fast::hash(&payload).to_le_bytes());
    bytes.extend(payload);
    bytes
}

/// All records of a section, sorted, since the linker's order is not ours.
///
/// # Errors
///
/// Says which record can't be read. The version is checked before anything is decoded.
pub fn decode(section: &[u8]) -> Result<Vec<Record>, FrameError> {
    let mut records = Vec::new();
    let mut offset = 0;
    while offset < section.len() {
        if section[offset] == 0 {
            offset += 1;
            continue;
        }
        let (record, next) = decode_one(section, offset)?;
        records.push(record);
        offset = next;
    }
    records.sort();
    records.dedup();
    Ok(records)
}

fn decode_one(section: &[u8], offset: usize) -> Result<(Record, usize), FrameError> {
    let rest = &section[offset..];
    if !rest.starts_with(&MAGIC) {
        return Err(FrameError::Magic { offset });
    }
    let truncated = FrameError::Truncated { offset };
    let version = u16::from_le_bytes(field(rest, 4).ok_or_else(|| truncated.clone())?);
    if version != VERSION {
        return Err(FrameError::Version { found: version });
    }
    let length = u32::from_le_bytes(field(rest, 6).ok_or_else(|| truncated.clone())?) as usize;
    let crc = u32::from_le_bytes(field(rest, 10).ok_or_else(|| truncated.clone())?);
    let payload = length
        .checked_add(HEADER)
        .and_then(|end| rest.get(HEADER..end))
        .ok_or(truncated)?;
    if crc32fast::hash(payload) != crc {
        return Err(FrameError::Checksum { offset });
    }
    let record = serde_json::from_slice(payload).map_err(|error| FrameError::Payload {
        offset,
        message: error.to_string(),
    })?;
    Ok((record, offset + HEADER + length))
}

fn field<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at + N)?.try_into().ok()
}
