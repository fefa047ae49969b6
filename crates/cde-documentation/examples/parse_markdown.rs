//! Reads file names from standard input, one a line, and writes each file's record as one line of JSON.
//!
//! A name may be followed by a tab and `markdown` or `mdx`. The differential tests compare the lines with those of the
//! Python engine where the bridge is not built.

use std::io::{self, BufRead, Write};
use std::path::Path;

use cde_documentation::parse_to_json;
use cde_filesystem::read_text;

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (name, format) = line.split_once('\t').unwrap_or((&line, "markdown"));
        let json = match read_text(Path::new(name), 1 << 30) {
            Ok(answer) => {
                let text = answer.items.into_iter().next().map(|file| file.text).unwrap_or_default();
                parse_to_json(&text, format)
            }
            Err(error) => Err(error),
        };
        match json {
            Ok(json) => out.write_all(&json)?,
            Err(error) => write!(out, "\"{}\"", error.code.as_str())?,
        }
        out.write_all(b"\n")?;
    }
    out.flush()
}
