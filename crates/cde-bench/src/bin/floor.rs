//! `floor DIRECTORY`: walks, reads and parses every Markdown file and prints what it saw as one JSON line.

use std::env;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(root) = env::args_os().nth(1) else {
        let _ = writeln!(io::stderr(), "usage: floor DIRECTORY");
        return ExitCode::from(2);
    };
    let seen = cde_bench::floor::scan(Path::new(&root));
    let line = serde_json::json!({"answer": seen.documents, "bytes": seen.bytes, "events": seen.events});
    match writeln!(io::stdout(), "{line}") {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
