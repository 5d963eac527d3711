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
pub const VERSION: u16 = 4;

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
    let payload = payload(record);
    let mut bytes = header(payload.as_bytes()).to_vec();
    bytes.extend(payload.as_bytes());
    bytes
}

/// The payload of a record.
pub fn payload(record: &Record) -> String {
    serde_json::to_string(record).expect("a record has string keys alone")
}

/// The payload of a record around its last `symbols` strings, which are empty in it: rustc knows them, and they may be any
/// text that JSON need not escape.
pub fn around_symbols(record: &Record, symbols: usize) -> Vec<String> {
    let payload = payload(record);
    // Ours come last, so an empty string before them does not matter.
    let mut parts: Vec<&str> = payload.rsplitn(symbols + 1, "\"\"").collect();
    parts.reverse();
    let last = parts.len() - 1;
    let quoted = |(index, part): (usize, &&str)| {
        let (open, close) = (
            if index == 0 { "" } else { "\"" },
            if index == last { "" } else { "\"" },
        );
        format!("{open}{part}{close}")
    };
    parts.iter().enumerate().map(quoted).collect()
}

/// The number of bytes of a record whose payload is these texts in a row.
pub const fn size(payload: &[&str]) -> usize {
    let (mut size, mut index) = (HEADER, 0);
    while index < payload.len() {
        size += payload[index].len();
        index += 1;
    }
    size
}

/// The bytes of one record from its payload, in constants too; `N` is [`size`] of it.
pub const fn frame<const N: usize>(payload: &[&str]) -> [u8; N] {
    let mut bytes = [0; N];
    let (_, mut rest) = bytes.split_at_mut(HEADER);
    let mut index = 0;
    while index < payload.len() {
        let (part, after) = rest.split_at_mut(payload[index].len());
        part.copy_from_slice(payload[index].as_bytes());
        rest = after;
        index += 1;
    }
    let (_, payload) = bytes.split_at(HEADER);
    let header = header(payload);
    let (start, _) = bytes.split_at_mut(HEADER);
    start.copy_from_slice(&header);
    bytes
}

const fn header(payload: &[u8]) -> [u8; HEADER] {
    assert!(
        payload.len() <= u32::MAX as usize,
        "a record is smaller than 4 GiB"
    );
    let mut header = [0; HEADER];
    let (magic, rest) = header.split_at_mut(4);
    let (version, rest) = rest.split_at_mut(2);
    let (length, crc) = rest.split_at_mut(4);
    magic.copy_from_slice(&MAGIC);
    version.copy_from_slice(&VERSION.to_le_bytes());
    length.copy_from_slice(&(payload.len() as u32).to_le_bytes());
    crc.copy_from_slice(&crc32(payload).to_le_bytes());
    header
}

/// Not a crate's, because it is computed in constants of the user's crate.
const fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    let mut index = 0;
    while index < bytes.len() {
        crc = crc >> 8 ^ CRC_TABLE[(crc as u8 ^ bytes[index]) as usize];
        index += 1;
    }
    !crc
}

/// The remainders of all bytes by the reflected polynomial of IEEE 802.3.
const CRC_TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
            bit += 1;
        }
        table[byte] = crc;
        byte += 1;
    }
    table
};

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
    if crc32(payload) != crc {
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
