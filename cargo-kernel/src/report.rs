//! The closing table: every file with its size.

use crate::package::File;
use crate::terminal::Terminal;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// Prints every file with its size and its gzip size.
pub(crate) fn print(terminal: &Terminal, files: &[File]) {
    let width = files.iter().map(|file| file.path.len()).max().unwrap_or(0);
    terminal.text(format_args!(
        "{:width$}  {:>9}  {:>9}",
        "file", "bytes", "gzip"
    ));
    let mut total = (0, 0);
    for file in files {
        let sizes = (file.bytes.len(), gzip_size(&file.bytes));
        total = (total.0 + sizes.0, total.1 + sizes.1);
        terminal.text(format_args!(
            "{:width$}  {:>9}  {:>9}",
            file.path, sizes.0, sizes.1
        ));
    }
    terminal.text(format_args!(
        "{:width$}  {:>9}  {:>9}",
        "total", total.0, total.1
    ));
}

fn gzip_size(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .expect("writing into a vector does not fail")
        .len()
}
