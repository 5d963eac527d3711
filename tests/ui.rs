//! What `#[kernel]` refuses, with its messages, and what it must accept.

#[test]
fn misuse_is_refused_at_its_tokens() {
    trybuild::TestCases::new().compile_fail("ui/fail/*.rs");
}

#[test]
fn every_part_of_the_language_is_accepted() {
    trybuild::TestCases::new().pass("ui/pass/*.rs");
}
