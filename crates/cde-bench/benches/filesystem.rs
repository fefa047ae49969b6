//! Globs, languages by name, and the walk over this repository's own crates.

use std::hint::black_box;
use std::path::Path;

use cde_core::Context;
use cde_filesystem::{Glob, Tree, TreeOptions, language_of_name};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// Paths as a large C project has them, a match every few dozen.
fn paths() -> Vec<String> {
    let folders =
        ["drivers/net/ethernet/vendor", "arch/x86/kernel", "Documentation/devicetree/bindings", "fs"];
    let names = ["adapter_main.c", "adapter.h", "Makefile", "timer-setup.rst", "probe_table.dtsi"];
    (0..2_000).map(|number| format!("{}/{number}/{}", folders[number % 4], names[number % 5])).collect()
}

fn globs(criterion: &mut Criterion) {
    let paths = paths();
    let mut group = criterion.benchmark_group("glob");
    group.throughput(Throughput::Elements(paths.len() as u64));
    for (name, text) in [
        ("suffix", "*.rst"),
        ("literal", "Makefile"),
        ("brackets", "[a-m]*_[!x]*.[ch]"),
        ("any depth", "drivers/**/adapter*.{c,h}"),
        ("many stars", "*a*e*i*o*u*"),
    ] {
        let Ok(glob) = Glob::new(text.as_bytes()) else { continue };
        group.bench_function(name, |bencher| {
            bencher.iter(|| paths.iter().filter(|path| glob.matches(black_box(path.as_bytes()))).count());
        });
    }
    group.finish();
}

fn languages(criterion: &mut Criterion) {
    let paths = paths();
    let mut group = criterion.benchmark_group("language");
    group.throughput(Throughput::Elements(paths.len() as u64));
    group.bench_function("by name", |bencher| {
        bencher.iter(|| {
            paths.iter().filter(|path| language_of_name(black_box(path.as_bytes())).is_some()).count()
        });
    });
    group.finish();
}

fn walk(criterion: &mut Criterion) {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let context = Context::default();
    let options = TreeOptions::default();
    criterion.bench_function("walk/crates", |bencher| {
        bencher.iter(|| Tree::open(black_box(&crates), &options, &context).map(|tree| tree.len()));
    });
}

criterion_group!(benches, globs, languages, walk);
criterion_main!(benches);
