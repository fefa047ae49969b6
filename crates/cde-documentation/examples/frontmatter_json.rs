//! Reads lines of JSON and writes one line of JSON for each, to compare with the Python engine or to fuzz: a text gives
//! its front matter, a list of a slug flavour and texts the slugs of a document with these headings.
//!
//!     printf '%s\n' '"---\ntitle: a\n---\n"' '["github", "A b", "A b"]' | cargo run -p cde-documentation --example frontmatter_json

use std::error::Error;
use std::io::{self, BufRead, BufWriter, Write};

use cde_documentation::slug::Slugger;
use cde_documentation::{SlugFlavour, frontmatter};
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let answer = match serde_json::from_str(&line?)? {
            Value::String(text) => cde_core::to_json(&frontmatter::parse(&text))?,
            Value::Array(items) => {
                let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
                let [flavour, headings @ ..] = texts.as_slice() else {
                    return Err("a list needs a flavour".into());
                };
                let mut slugger = Slugger::new(flavour.parse::<SlugFlavour>()?);
                cde_core::to_json(&headings.iter().map(|text| slugger.next(text)).collect::<Vec<_>>())?
            }
            _ => return Err("expected a text or a list".into()),
        };
        out.write_all(&answer)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}
