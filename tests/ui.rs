//! What `#[kernel]` refuses, with its messages, and what it must accept.

use std::fs;

#[test]
fn misuse_is_refused_at_its_tokens() {
    trybuild::TestCases::new().compile_fail("ui/fail/*.rs");
}

#[test]
fn every_part_of_the_language_is_accepted() {
    trybuild::TestCases::new().pass("ui/pass/*.rs");
}

/// rustc's own errors have a code in brackets; ours begin after `error: `.
#[test]
fn messages_are_in_the_house_style() {
    let mut count = 0;
    for entry in fs::read_dir("ui/fail").unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_none_or(|extension| extension != "stderr")
        {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for message in text.lines().filter_map(|line| line.strip_prefix("error: ")) {
            count += 1;
            let path = path.display();
            assert!(
                !message.starts_with(|c: char| c.is_uppercase()),
                "{path}: lower case: {message}"
            );
            assert!(!message.ends_with('.'), "{path}: no final stop: {message}");
            let remedy = message.contains(": ") || message.starts_with("expected ");
            assert!(remedy, "{path}: no remedy: {message}");
        }
    }
    assert!(count >= 40, "{count} messages");
}
