//! Slugs and JSON.

use std::hint::black_box;

use cde_core::{Value, to_json};
use cde_documentation::SlugFlavour;
use cde_documentation::slug::{Slugger, slugify};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

fn headings() -> Vec<String> {
    let texts =
        ["Getting started", "`std::vector` and `std::array`", "C++23: what's new?", "Über uns", "API – v2.0"];
    (0..1_000).map(|number| format!("{} {}", texts[number % 5], number / 7)).collect()
}

fn slugs(criterion: &mut Criterion) {
    let headings = headings();
    let mut group = criterion.benchmark_group("slug");
    group.throughput(Throughput::Elements(headings.len() as u64));
    for (name, flavour) in
        [("github", SlugFlavour::Github), ("gitlab", SlugFlavour::Gitlab), ("mkdocs", SlugFlavour::Mkdocs)]
    {
        group.bench_with_input(BenchmarkId::new("slugify", name), &flavour, |bencher, flavour| {
            bencher
                .iter(|| headings.iter().map(|text| slugify(*flavour, black_box(text)).len()).sum::<usize>());
        });
    }
    group.bench_function("unique", |bencher| {
        bencher.iter(|| {
            let mut slugger = Slugger::new(SlugFlavour::Github);
            headings.iter().map(|text| slugger.next(black_box(text)).len()).sum::<usize>()
        });
    });
    group.finish();
}

fn json(criterion: &mut Criterion) {
    let record = |number: i128| {
        Value::Map(vec![
            ("path".to_owned(), Value::Text(format!("docs/guide/chapter-{number}.md"))),
            ("line".to_owned(), Value::Integer(number)),
            ("text".to_owned(), Value::Text("a \"quoted\" text with é and a\nnew line".to_owned())),
            ("internal".to_owned(), Value::Bool(number % 2 == 0)),
            ("section".to_owned(), Value::Null),
        ])
    };
    let records: Vec<Value> = (0..1_000).map(record).collect();
    let bytes = to_json(&records).map_or(0, |bytes| bytes.len());
    let mut group = criterion.benchmark_group("json");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("records", |bencher| bencher.iter(|| to_json(black_box(&records))));
    group.finish();
}

criterion_group!(benches, slugs, json);
criterion_main!(benches);
