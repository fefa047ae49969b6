//! Slugs, front matter, extraction against the bare parser, and JSON.

use std::hint::black_box;

use cde_bench::floor::parse_events;
use cde_core::{Value, to_json};
use cde_documentation::slug::{Slugger, slugify};
use cde_documentation::{DocumentFormat, ScanOptions, SlugFlavour, frontmatter, parse_document};
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

const FRONT_MATTER: &str = "---
title: \"vector class\"
description: Learn more about the vector class of the standard library
ms.date: 11/04/2026
keywords: [\"vector::begin\", \"vector::end\", \"vector::size\"]
topic:
  - reference
  - containers
weight: 12
draft: false
---
";

const SECTION: &str = "
## Section NUMBER

Some *prose* with `code`, a [link](other-NUMBER.md#part) and <https://example.org/page>. It goes on for a while, as prose
does, line after line, until it ends.

- [x] done, see [the reference][reference]
- [ ] open

| a | b |
|---|---|
| `c` | [d](d.md) |

```cpp
std::vector<int> values{1, 2, 3};
return values.size();
```
";

fn document() -> String {
    let sections: String = (0..40).map(|number| SECTION.replace("NUMBER", &number.to_string())).collect();
    format!("{FRONT_MATTER}{sections}\n[reference]: reference.md\n")
}

fn front_matter(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("front matter");
    group.throughput(Throughput::Bytes(FRONT_MATTER.len() as u64));
    group.bench_function("yaml", |bencher| bencher.iter(|| frontmatter::parse(black_box(FRONT_MATTER))));
    group.finish();
}

fn extraction(criterion: &mut Criterion) {
    let text = document();
    let options = ScanOptions::default();
    let mut group = criterion.benchmark_group("markdown");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("floor", |bencher| bencher.iter(|| parse_events(black_box(&text))));
    group.bench_function("document", |bencher| {
        bencher.iter(|| parse_document(black_box(&text), DocumentFormat::Markdown, &options));
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

criterion_group!(benches, slugs, front_matter, extraction, json);
criterion_main!(benches);
