//! The manifest section survives the trip, and damage to it is an error: never a panic, never another manifest.

use kernel_schema::frame::{
    FrameError, VERSION, around_symbols, decode, encode, frame, payload, size,
};
use kernel_schema::{
    Class, Crate, Dim, Dtype, Elem, Export, Kernel, Member, Output, Param, Record, Role, Type,
    TypeParam, Ufunc,
};

fn krate() -> Crate {
    Crate {
        package: "linalg".to_owned(),
        version: "0.1.0".to_owned(),
        name: "linalg".to_owned(),
    }
}

fn array(dtype: impl Into<Elem>, dims: &[Dim]) -> Type {
    let (dtype, dims) = (dtype.into(), dims.to_vec());
    Type::Array { dtype, dims }
}

/// A kernel with every kind of dimension and every dtype.
fn kernel(name: &str) -> Record {
    let n = Dim::Name("n".to_owned());
    let matrix = array(
        Dtype::Float32,
        &[n.clone(), Dim::Size(u64::MAX), Dim::Any, Dim::Rest],
    );
    let scalars = Dtype::ALL.into_iter().map(|dtype| Param {
        name: format!("{dtype}Value"),
        ty: Type::Scalar {
            dtype: dtype.into(),
        },
        mutable: false,
        optional: true,
    });
    let input = Param {
        name: "größe".to_owned(),
        ty: matrix,
        mutable: true,
        optional: false,
    };
    Record::Kernel(Kernel {
        js_name: name.to_owned(),
        name: name.to_owned(),
        member: Some(Member {
            class: 1,
            role: Role::Method,
        }),
        krate: krate(),
        types: vec![TypeParam {
            name: "T".to_owned(),
            dtypes: Dtype::ALL.to_vec(),
        }],
        docs: "First line.\n\n\"Quoted\" \\ KRNL\0".to_owned(),
        params: [input].into_iter().chain(scalars).collect(),
        results: vec![Output {
            ty: array(Elem::Param(0), &[Dim::Expr("n - k + 1".to_owned()), n]),
        }],
        fallible: true,
        broadcast: true,
        single: true,
        ufunc: Some(Ufunc {
            folds: true,
            reduction: Some("total".to_owned()),
            accumulation: None,
        }),
        classes: vec![
            "__kernel_1_rng::Pcg".to_owned(),
            "__kernel_2_linalg::Größe".to_owned(),
        ],
        symbol: format!("__kernel_0_linalg::größe::{name}"),
    })
}

fn class() -> Record {
    Record::Class(Class {
        js_name: "Größe".to_owned(),
        name: "Größe".to_owned(),
        krate: krate(),
        docs: String::new(),
        symbol: "__kernel_2_linalg::Größe".to_owned(),
    })
}

fn records() -> Vec<Record> {
    let export = Record::Export(Export {
        krate: krate(),
        dependency: "filters".to_owned(),
    });
    vec![class(), kernel("add"), kernel("matmul"), export]
}

fn section() -> Vec<u8> {
    records().iter().flat_map(encode).collect()
}

/// Numerical Recipes' linear congruential generator: the same damage in every run.
struct Random(u32);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((u64::from(self.0) * limit as u64) >> 32) as usize
    }
}

#[test]
fn records_survive_the_trip() {
    assert_eq!(decode(&section()), Ok(records()));
    assert_eq!(decode(&[]), Ok(vec![]));
}

#[test]
fn constants_hold_the_same_bytes() {
    const PAYLOAD: &str = r#"{"record":"export","krate":{"package":"linalg","version":"0.1.0","name":"linalg"},"dependency":"filters"}"#;
    const RECORD: [u8; size(&[PAYLOAD])] = frame(&[PAYLOAD]);
    let export = &records()[3];
    assert_eq!(payload(export), PAYLOAD);
    assert_eq!(encode(export), RECORD);
    assert_eq!(
        RECORD[10..14],
        crc32fast::hash(PAYLOAD.as_bytes()).to_le_bytes()
    );
}

#[test]
fn symbols_can_be_put_in_later() {
    for whole in records() {
        let mut record = whole.clone();
        let symbols: Vec<String> = match &mut record {
            Record::Kernel(kernel) => {
                let symbols = kernel.classes.iter_mut().chain([&mut kernel.symbol]);
                symbols.map(std::mem::take).collect()
            }
            Record::Class(class) => vec![std::mem::take(&mut class.symbol)],
            Record::Export(_) => Vec::new(),
        };
        let parts = around_symbols(&record, symbols.len());
        assert_eq!(parts.len(), symbols.len() + 1);
        let mut text = parts[0].clone();
        for (symbol, part) in symbols.iter().zip(&parts[1..]) {
            text += symbol;
            text += part;
        }
        assert_eq!(text, payload(&whole));
    }
}

#[test]
fn a_payload_may_come_in_parts() {
    const PARTS: &[&str] = &["{\"a\":\"", "", "größe", "\"}"];
    const WHOLE: &[&str] = &["{\"a\":\"größe\"}"];
    const IN_PARTS: [u8; size(PARTS)] = frame(PARTS);
    assert_eq!(IN_PARTS[..], frame::<{ size(WHOLE) }>(WHOLE)[..]);
}

#[test]
fn the_linkers_order_padding_and_repetition_do_not_matter() {
    let mut shuffled = vec![0; 3];
    for record in records().iter().rev().chain(&records()) {
        shuffled.extend(encode(record));
        shuffled.extend([0; 5]);
    }
    assert_eq!(decode(&shuffled), Ok(records()));
}

#[test]
fn every_truncation_is_an_error_or_a_shorter_list() {
    let (section, records) = (section(), records());
    let mut ends = vec![0];
    for record in &records {
        ends.push(ends[ends.len() - 1] + encode(record).len());
    }
    for len in 0..section.len() {
        let found = decode(&section[..len]);
        match ends.iter().position(|&end| end == len) {
            Some(whole) => assert_eq!(found, Ok(records[..whole].to_vec())),
            None => assert!(found.is_err(), "{len} bytes of {}", section.len()),
        }
    }
}

#[test]
fn every_flipped_bit_is_an_error() {
    let section: Vec<u8> = records()[1..].iter().flat_map(encode).collect();
    for bit in 0..section.len() * 8 {
        let mut damaged = section.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        let found = decode(&damaged);
        assert!(found.is_err(), "bit {bit}: {found:?}");
    }
}

#[test]
fn random_damage_is_an_error() {
    let section = section();
    let mut random = Random(1);
    for round in 0..4_000 {
        let mut damaged = section.clone();
        for _ in 0..=random.below(6) {
            let at = random.below(damaged.len());
            match random.below(4) {
                0 => damaged[at] = random.below(256) as u8,
                1 => damaged.truncate(at.max(1)),
                2 => drop(damaged.remove(at)),
                _ => damaged.insert(at, random.below(256) as u8),
            }
            if damaged.is_empty() {
                damaged.push(1);
            }
        }
        // A cut between two records or a zero byte there is no damage that a section can show.
        if let Ok(found) = decode(&damaged) {
            let known = records();
            assert!(
                found.iter().all(|record| known.contains(record)),
                "round {round}"
            );
        }
    }
}

#[test]
fn random_bytes_are_an_error() {
    let mut random = Random(2);
    for _ in 0..4_000 {
        let len = 1 + random.below(64);
        let mut bytes: Vec<u8> = (0..len).map(|_| random.below(256) as u8).collect();
        let start = encode(&records()[0]);
        let keep = random.below(15).min(len);
        bytes[..keep].copy_from_slice(&start[..keep]);
        bytes[len - 1] |= 1;
        assert!(decode(&bytes).is_err(), "{bytes:?}");
    }
}

#[test]
fn the_version_is_checked_before_anything_else() {
    let mut section = encode(&records()[0]);
    section[4..6].copy_from_slice(&(VERSION + 1).to_le_bytes());
    section.truncate(6);
    let error = decode(&section).unwrap_err();
    assert_eq!(error, FrameError::Version { found: VERSION + 1 });
    let message = error.to_string();
    for part in [
        format!("format {}", VERSION + 1),
        format!("format {VERSION}"),
        "cargo install cargo-kernel --version".to_owned(),
    ] {
        assert!(message.contains(&part), "{message}");
    }
}

#[test]
fn a_payload_that_is_no_record_is_an_error() {
    let payload = br#"{"record":"kernel"}"#;
    let mut section = encode(&records()[0])[..6].to_vec();
    section.extend((payload.len() as u32).to_le_bytes());
    section.extend(crc32fast::hash(payload).to_le_bytes());
    section.extend(payload);
    let found = decode(&section);
    assert!(
        matches!(found, Err(FrameError::Payload { offset: 0, .. })),
        "{found:?}"
    );
}
