//! A walk gives the same answer on any number of threads, and stops when it is cancelled on each.

use std::fs;
use std::path::{Path, PathBuf};

use cde_core::{Context, CoreError, ErrorCode};
use cde_filesystem::{Tree, TreeOptions};

/// A folder that is removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> std::io::Result<Self> {
        let path = std::env::temp_dir().join(format!("cde-filesystem-{name}-{}", std::process::id()));
        fs::create_dir_all(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left behind is in the folder for temporary files.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// 400 folders, some nested and some ignored, and 2,000 files: enough for several threads to share.
fn fill(root: &Path) -> std::io::Result<()> {
    for outer in 0..20 {
        for inner in 0..20 {
            let folder = root.join(format!("d{outer}/e{inner}/{}", ["f", "build", ".h"][inner % 3]));
            fs::create_dir_all(&folder)?;
            for name in ["a.c", "a.o", "a-b", "a", ".x"] {
                fs::write(folder.join(name), "")?;
            }
        }
        fs::write(root.join(format!("d{outer}/.gitignore")), "build/\n*.o\n!/e1/**\n")?;
    }
    Ok(())
}

fn walk(root: &Path, threads: usize, context: &Context) -> Result<Tree, CoreError> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|error| CoreError::new(ErrorCode::Internal, error.to_string()))?;
    pool.install(|| Tree::open(root, &TreeOptions::default(), context))
}

#[test]
fn the_number_of_threads_does_not_show() -> Result<(), Box<dyn std::error::Error>> {
    let scratch = Scratch::new("threads")?;
    fill(&scratch.0)?;
    let told = |tree: &Tree| {
        let paths: Vec<Vec<u8>> = (0..tree.len()).map(|index| tree.path(index).to_vec()).collect();
        (paths, tree.skipped().clone().finish(), tree.diagnostics().to_vec())
    };
    let expected = told(&walk(&scratch.0, 1, &Context::default())?);
    assert!(expected.0.is_sorted());
    assert!(expected.0.len() > 400);
    for threads in [2, 3, 8] {
        for _ in 0..10 {
            assert_eq!(told(&walk(&scratch.0, threads, &Context::default())?), expected);
        }
    }
    Ok(())
}

#[test]
fn a_cancelled_walk_ends_on_every_number_of_threads() -> Result<(), Box<dyn std::error::Error>> {
    let scratch = Scratch::new("cancelled")?;
    fill(&scratch.0)?;
    for threads in [1, 2, 8] {
        let context = Context::default();
        context.cancel.cancel();
        let code = walk(&scratch.0, threads, &context).err().map(|error| error.code);
        assert_eq!(code, Some(ErrorCode::Cancelled));
    }
    Ok(())
}
