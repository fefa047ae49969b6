//! Judging what documents say: rules, severities, places and suggestions.

mod anchors;
mod config;
mod content;
mod finding;
mod folded;
mod graph;
mod index;
mod links;
mod listing;
mod metadata;
mod navigation;
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

pub use finding::{Finding, FindingSummary, Fix, RuleCount, SiteSummary};
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
    let sites = Sites::new(tree, &index, options.site.as_deref(), !options.scanned_slugs)?;
    let follows = navigation::RULES.iter().any(|rule| chosen.get(rule).is_some());
    let checker = LinkChecker::new(&index, &sites, site_root.as_deref(), follows);
    context.progress.begin(Stage::Check, index.documents().len() as u64);
    let judged = (0..index.documents().len())
        .into_par_iter()
        .map(|number| {
            context.check()?;
            let document = index.documents()[number];
            let Origin { mut report, mut budget, site, links_to, .. } =
                checker.check(number, Report::new(document, &chosen));
            references::check_references(document, site, &mut report, &mut budget);
            references::check_definitions(document, &mut report);
            structure::check_structure(tree, document, &mut report);
            metadata::check_metadata(document, &mut report);
            wording::check_wording(document, &mut report);
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
        summary: FindingSummary::new(&findings, links_checked, links_unverified, sites.summary()),
        items: findings,
        diagnostics,
    })
}

fn place_of(finding: &Finding) -> (&[u8], u32, u32, &str) {
    (finding.path.as_bytes(), finding.line, finding.column, finding.rule)
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
