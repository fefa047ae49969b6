//! Judging what documents say: rules, severities, places and suggestions.

mod anchors;
mod content;
mod finding;
mod folded;
mod formats;
mod graph;
mod index;
mod links;
mod metadata;
mod nearest;
mod options;
mod origin;
mod references;
mod report;
mod resolve;
mod rule_table;
mod rules;
mod site;
mod site_table;
mod structure;
mod suppress;
mod target;
mod wording;

use std::collections::HashSet;

use cde_core::{Answer, Context, CoreError, Diagnostic, ErrorCode, RepoPath, Result, Stage};
use cde_filesystem::Tree;
use rayon::prelude::*;

pub use finding::{Finding, FindingSummary, Fix, RuleCount};
pub use graph::{LinkGraphSummary, LinkNode, link_graph};
pub use options::{CheckOptions, GraphOptions};
pub use rules::{Rule, rules};

use crate::model::{Document, DocumentItem, ScanSummary};
use index::TreeIndex;
use links::LinkChecker;
use origin::Origin;
use report::Report;
use rules::ChosenRules;
use site::Sites;

const SCHEMA: &str = "cde.docs.check/1";

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
    let sites = Sites::new(&index);
    let checker = LinkChecker::new(&index, &sites, site_root.as_deref());
    context.progress.begin(Stage::Check, index.documents().len() as u64);
    let judged = (0..index.documents().len())
        .into_par_iter()
        .map(|number| {
            context.check()?;
            let document = index.documents()[number];
            let Origin { mut report, mut budget, site, .. } =
                checker.check(number, Report::new(document, &chosen));
            references::check_references(document, site, &mut report, &mut budget);
            references::check_definitions(document, &mut report);
            structure::check_structure(tree, document, &mut report);
            metadata::check_metadata(document, &mut report);
            wording::check_wording(document, &mut report);
            context.progress.advance(1);
            Ok((report.links_checked, report.links_unverified, report.into_findings()))
        })
        .collect::<Result<Vec<_>>>()?;
    let links_checked = judged.iter().map(|(checked, _, _)| checked).sum();
    let links_unverified = judged.iter().map(|(_, unverified, _)| unverified).sum();
    let findings: Vec<Finding> = judged.into_iter().flat_map(|(_, _, findings)| findings).collect();
    Ok(Answer {
        schema: SCHEMA,
        root: scan.root.clone(),
        snapshot: scan.snapshot,
        completeness: scan.completeness.clone(),
        summary: FindingSummary::new(&findings, links_checked, links_unverified),
        items: findings,
        diagnostics: scan.diagnostics.clone(),
    })
}

fn unparsed(diagnostics: &[Diagnostic]) -> HashSet<&RepoPath> {
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
