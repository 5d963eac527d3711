//! Every message of the macros stands in a fixture under `ui/fail`: none is there that nobody has read.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// Sentences that no program provokes, with the reason.
const NEVER_SHOWN: &[(&str, &str)] = &[
    ("a function has fewer than 2^32 parameters", "a panic"),
    ("a kernel lists all of its classes", "a panic"),
    ("one more than symbols", "a panic"),
];

#[test]
fn every_message_is_in_a_fixture() {
    let shown: Vec<String> = files("ui/fail", "stderr")
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let lines = shown.iter().flat_map(|text| text.lines());
    let messages: Vec<&str> = lines
        .filter_map(|line| line.strip_prefix("error: "))
        .collect();
    let mut sentences = Vec::new();
    for path in files("../kernel-macros/src", "rs") {
        let tests = path.components().any(|part| part.as_os_str() == "tests");
        if !tests && path.file_name() != Some(OsStr::new("tests.rs")) {
            let source: TokenStream = fs::read_to_string(&path).unwrap().parse().unwrap();
            collect_sentences(source, &mut sentences);
        }
    }
    assert!(sentences.len() >= 150, "{} sentences", sentences.len());
    let excepted = |sentence: &str| NEVER_SHOWN.iter().any(|(never, _)| *never == sentence);
    let missing: Vec<_> = sentences
        .iter()
        .filter(|sentence| !excepted(sentence))
        .filter(|sentence| !messages.iter().any(|message| shows(message, sentence)))
        .collect();
    assert!(missing.is_empty(), "no fixture shows {missing:#?}");
    for (never, _) in NEVER_SHOWN {
        let exists = sentences.iter().any(|sentence| sentence == never);
        assert!(exists, "an exception for nothing: {never}");
    }
}

/// Whether all that is fixed in a format string stands in the message, in its order.
fn shows(message: &str, sentence: &str) -> bool {
    let mut rest = message;
    sentence.split('{').enumerate().all(|(index, piece)| {
        let fixed = match index {
            0 => Some(piece),
            _ => piece.split_once('}').map(|(_, fixed)| fixed),
        };
        let found = fixed.and_then(|fixed| rest.split_once(fixed));
        rest = found.map_or("", |(_, after)| after);
        found.is_some()
    })
}

/// The string literals with more than one word, in macros too; doc comments and other attributes are none.
fn collect_sentences(tokens: TokenStream, sentences: &mut Vec<String>) {
    let mut attribute = false;
    for token in tokens {
        match &token {
            TokenTree::Group(group) if !attribute || group.delimiter() != Delimiter::Bracket => {
                collect_sentences(group.stream(), sentences);
            }
            TokenTree::Literal(literal) => {
                if let syn::Lit::Str(text) = syn::Lit::new(literal.clone())
                    && words(&text.value()) > 1
                {
                    sentences.push(text.value());
                }
            }
            _ => {}
        }
        attribute = match &token {
            TokenTree::Punct(punct) => {
                punct.as_char() == '#' || attribute && punct.as_char() == '!'
            }
            _ => false,
        };
    }
}

fn words(text: &str) -> usize {
    let is_word = |part: &&str| part.contains(char::is_alphabetic);
    text.split(' ').filter(is_word).count()
}

fn files(folder: impl AsRef<Path>, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension() == Some(OsStr::new(extension)) {
            found.push(path);
        }
    }
    found
}
