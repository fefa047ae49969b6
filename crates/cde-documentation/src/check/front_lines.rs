//! Where a key stands in front matter.

use crate::model::FrontMatter;

/// The line of the top-level `key` in `content`, which begins with `front_matter`; the first line where it cannot be
/// told, as for a key written with escapes.
pub(super) fn key_line<D>(content: Option<&[u8]>, front_matter: &FrontMatter<D>, key: &str) -> u32 {
    let Some(block) = content.and_then(|content| content.get(..front_matter.end as usize)) else { return 1 };
    let block: Vec<u8> = normalized(block);
    let mut found = 1;
    for (number, line) in (1..).zip(block.split(|byte| *byte == b'\n')) {
        let line = match front_matter.format {
            "yaml" => line,
            "toml" => trimmed(line, b" \t"),
            _ => trimmed(line, b" \t{,"),
        };
        // What follows are tables of TOML, whose keys are not on top.
        if front_matter.format == "toml" && line.starts_with(b"[") {
            break;
        }
        if is_key(line, key.as_bytes()) {
            found = number;
            if front_matter.format == "json" {
                break;
            }
        }
    }
    found
}

fn normalized(block: &[u8]) -> Vec<u8> {
    let mut lines = Vec::with_capacity(block.len());
    let mut before = b'\0';
    for byte in block.iter().copied() {
        if !(byte == b'\n' && before == b'\r') {
            lines.push(if byte == b'\r' { b'\n' } else { byte });
        }
        before = byte;
    }
    lines
}

fn trimmed<'a>(line: &'a [u8], signs: &[u8]) -> &'a [u8] {
    let start = line.iter().position(|byte| !signs.contains(byte)).unwrap_or(line.len());
    &line[start..]
}

/// Whether `line` begins with `key`, quoted or not, and a colon or equals sign.
fn is_key(line: &[u8], key: &[u8]) -> bool {
    [&b""[..], b"\"", b"'"].iter().any(|quote| {
        let rest = line.strip_prefix(*quote).and_then(|rest| rest.strip_prefix(key));
        let rest = rest.and_then(|rest| rest.strip_prefix(*quote)).map(|rest| trimmed(rest, b" \t"));
        rest.is_some_and(|rest| rest.starts_with(b":") || rest.starts_with(b"="))
    })
}
