//! Prints the files of a tree, each path followed by a zero byte: `list_tree [--hidden] [--no-ignore] [--follow] PATH`.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use cde_core::Context;
use cde_filesystem::{Tree, TreeOptions};

fn main() -> ExitCode {
    let mut options = TreeOptions::default();
    let mut root = PathBuf::from(".");
    for argument in std::env::args_os().skip(1) {
        match argument.to_str() {
            Some("--hidden") => options.hidden = true,
            Some("--no-ignore") => options.ignore = false,
            Some("--follow") => options.follow = true,
            _ => root = PathBuf::from(argument),
        }
    }
    match Tree::open(&root, &options, &Context::default()).map(|tree| print(&tree)) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn print(tree: &Tree) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for index in 0..tree.len() {
        out.write_all(tree.path(index))?;
        out.write_all(b"\0")?;
    }
    out.flush()
}
