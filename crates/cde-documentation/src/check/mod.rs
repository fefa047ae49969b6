//! Judging what documents say: rules, severities, places and suggestions.

mod agents;
mod anchors;
mod config;
mod content;
mod directives;
mod duplicates;
mod finding;
mod folded;
mod formats;
mod front_lines;
mod graph;
mod hosting;
mod index;
mod links;
mod listing;
mod metadata;
mod navigation;
mod nearest;
mod notes;
mod options;
mod origin;
mod own_urls;
mod redirects;
mod references;
mod report;
mod resolve;
mod rule_table;
mod rules;
mod site;
mod site_table;
mod spare_lines;
mod structure;
mod suppress;
mod target;
mod wording;

use std::borrow::Cow;

use cde_core::{Answer, Context, CoreError, Diagnostic, ErrorCode, RepoPath, Result, Stage};
use cde_filesystem::Tree;
use rayon::prelude::*;

pub(crate) use notes::{Notes, TextRules};
pub(crate) use rules::ChosenRules;

pub use finding::{Deduction, Finding, FindingSummary, Fix, RuleCount, SiteSummary};
pub use graph::{LinkGraphSummary, LinkNode, link_graph};
pub use options::{CheckOptions, GraphOptions};
pub use rules::{Rule, rules};

use crate::hash::Set;
use crate::model::{Document, DocumentItem, ScanSummary};
use crate::source::LineIndex;
use agents::AgentFiles;
use index::TreeIndex;
use links::LinkChecker;
use origin::Origin;
use report::Report;
use site::Sites;

const SCHEMA: &str = "cde.docs.check/1";
/// Programs for which a bar in a code span ends no cell of a table.
const KEEP_CODE: [&str; 2] = ["docfx", "mkdocs"];

/// Findings over a scan of full detail, by path, line, column and rule.
///
/// Fails with `invalid-argument` for a scan of less detail, an unknown rule, or a site root that is no folder of the
/// tree, and with `cancelled`. Linear in the number of links.
pub fn check(
    tree: &Tree,
    scan: &Answer<ScanSummary, Vec<DocumentItem>>,
    options: &CheckOptions,
    context: &Context,
) -> Result<Answer<FindingSummary, Vec<Finding>>> {
    let chosen = ChosenRules::new(options)?;
    let documents = full_documents(&scan.items)?;
    let index = TreeIndex::new(tree, documents, unparsed(&scan.diagnostics));
    let site_root = options.site_root.as_deref().map(|root| site_root(&index, root)).transpose()?;
    let sites = Sites::new(tree, &index, options.site.as_deref(), !options.scanned_slugs)?;
    let follows = navigation::RULES.iter().any(|rule| chosen.has(rule));
    let checker = LinkChecker::new(tree, &index, &sites, site_root.as_deref(), follows);
    let agents = AgentFiles::new(tree, &index);
    context.progress.begin(Stage::Check, index.documents().len() as u64);
    let notes = notes(&index, TextRules::of(&chosen), context)?;
    let duplicates = if chosen.has("near-duplicate-section") {
        duplicates::near_duplicates(&index, &notes, context)?
    } else {
        Vec::new()
    };
    let judged = (0..index.documents().len())
        .into_par_iter()
        .map(|number| {
            context.check()?;
            let document = index.documents()[number];
            let Origin { mut report, mut budget, site, links_to, .. } =
                checker.check(number, Report::new(document, chosen.at(document.path.as_bytes())));
            references::check_references(document, site, &mut report, &mut budget);
            references::check_definitions(tree, document, &mut report);
            structure::check_structure(tree, document, &mut report);
            metadata::check_metadata(&index, number, options, &mut report);
            wording::check_wording(document, &mut report);
            agents.check(number, &mut report);
            wording::check_length(document, &mut report);
            let keeps_code = site.is_some_and(|site| KEEP_CODE.contains(&site.builder.name));
            for (rule, remark) in notes[number].remarks() {
                if !(keeps_code && remark.splits_code) {
                    report.add(rule, remark.clone());
                }
            }
            for remark in duplicates.get(number).into_iter().flatten() {
                report.add("near-duplicate-section", remark.clone());
            }
            // Last, when it is known which of them were needed.
            directives::check_directives(document, &mut report, &mut budget);
            context.progress.advance(1);
            Ok((report.links_checked, report.links_unverified, report.into_findings(), links_to))
        })
        .collect::<Result<Vec<_>>>()?;
    let links_checked = judged.iter().map(|(checked, ..)| checked).sum();
    let links_unverified = judged.iter().map(|(_, unverified, ..)| unverified).sum();
    let mut findings = Vec::new();
    let mut edges = Vec::with_capacity(judged.len());
    for (_, _, of_document, links_to) in judged {
        findings.extend(of_document);
        edges.push(links_to);
    }
    if follows {
        let readers = navigation::Readers { tree, index: &index, sites: &sites, edges };
        findings.extend(navigation::check_navigation(&readers, &chosen));
        findings.sort_by(|one, two| place_of(one).cmp(&place_of(two)));
    }
    let mut diagnostics = scan.diagnostics.clone();
    diagnostics.extend(sites.diagnostics.iter().cloned());
    Ok(Answer {
        schema: SCHEMA,
        root: scan.root.clone(),
        snapshot: scan.snapshot,
        completeness: scan.completeness.clone(),
        summary: FindingSummary::new(
            &findings,
            links_checked,
            links_unverified,
            index.documents().len() as u64,
            sites.summary(),
        ),
        items: findings,
        diagnostics,
    })
}

/// What the texts of the documents tell; read again where the scan did not note it.
///
/// Nothing is noted of a document that changed since, or is not UTF-8, if it has to be read again.
fn notes<'a>(index: &TreeIndex<'a>, rules: TextRules, context: &Context) -> Result<Vec<Cow<'a, Notes>>> {
    let noted = |number: usize| {
        let document = index.documents()[number];
        if rules.is_empty() || !index.is_parsed(number) {
            return Cow::default();
        }
        if let Some(notes) = document.notes.as_deref().filter(|notes| notes.cover(rules)) {
            return Cow::Borrowed(notes);
        }
        let Some(text) = index.content(number).and_then(|content| String::from_utf8(content).ok()) else {
            return Cow::default();
        };
        let mut lines = LineIndex::default();
        lines.read(&text);
        Cow::Owned(Notes::take(document, &text, &mut lines, rules))
    };
    let numbers = (0..index.documents().len()).into_par_iter();
    numbers.map(|number| context.check().map(|()| noted(number))).collect()
}

fn place_of(finding: &Finding) -> (&[u8], u32, u32, &str) {
    (finding.path.as_bytes(), finding.line, finding.column, finding.rule)
}

fn unparsed(diagnostics: &[Diagnostic]) -> Set<&RepoPath> {
    let about_text = diagnostics.iter().filter(|diagnostic| !diagnostic.code.starts_with("frontmatter-"));
    about_text.map(|diagnostic| &diagnostic.path).collect()
}

fn full_documents(items: &[DocumentItem]) -> Result<Vec<&Document>> {
    items
        .iter()
        .map(|item| match item {
            DocumentItem::Full(document) => Ok(&**document),
            _ => Err(CoreError::new(ErrorCode::InvalidArgument, "the check needs a scan of full detail")
                .hint("scan with detail 'full'")),
        })
        .collect()
}

/// The configured folder as a path from the root.
fn site_root(index: &TreeIndex, configured: &str) -> Result<Vec<u8>> {
    let there = target::place(b"", configured.as_bytes());
    let is_inside = there.above == 0 && !configured.starts_with('/');
    if is_inside && index.find(&there.path).is_some_and(|found| found.folder) {
        return Ok(there.path);
    }
    Err(CoreError::new(ErrorCode::InvalidArgument, "the site root is no folder of the tree")
        .at(configured.as_bytes())
        .hint("give it relative to the root of the scan"))
}
