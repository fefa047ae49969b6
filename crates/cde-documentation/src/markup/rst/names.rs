//! Names of targets, and what the references to them lead to.

use crate::hash::{Map, Set};
use crate::markdown::links::{first_characters, fold_label, split_fragment};
use crate::markup::recorder::Recorder;
use crate::model::{AnchorKind, Definition, DefinitionKind, UndefinedReference};
use crate::slug::docutils::docutils_id;

/// How many names may stand for one another in a row.
const MOST_HOPS: usize = 16;
/// How much is kept of what is shown for a reference without a target, in code points.
const LONGEST_SHOWN: usize = 200;

/// What a name stands for.
#[derive(Clone, Debug)]
enum Target {
    /// An address or a path.
    External(Box<str>),
    /// An anchor of the document.
    Internal(Box<str>),
    /// Another name.
    Name(Box<str>),
}

/// A reference that waits for the end of the document. `index` is that of its link.
#[derive(Debug)]
struct Reference {
    index: usize,
    label: Box<str>,
    start: u32,
    /// What is shown where nothing is meant by it.
    text: Option<Box<str>>,
}

/// The names of one document.
#[derive(Debug, Default)]
pub(super) struct Names {
    targets: Map<Box<str>, Target>,
    references: Vec<Reference>,
    /// Destinations of targets without a name, and the links that they belong to, both in order.
    anonymous_targets: Vec<Target>,
    anonymous_references: Vec<usize>,
    /// Names that stand for whatever comes next.
    waiting: Vec<Box<str>>,
    used_footnotes: Set<Box<str>>,
    /// What [`resolve`](Self::resolve) finds: the id of each section.
    pub(super) section_ids: Vec<String>,
}

impl Names {
    /// Something else than a target comes: it is what the last targets stand for.
    pub(super) fn interrupt(&mut self) {
        self.waiting.clear();
    }

    /// The id that the section that comes now has from the label before it.
    pub(super) fn label_of_next(&mut self) -> Option<String> {
        let id = self.waiting.last().map(|label| docutils_id(label)).filter(|id| !id.is_empty());
        self.waiting.clear();
        id
    }

    /// A target without a destination: it stands for what comes next.
    pub(super) fn internal(&mut self, recorder: &mut Recorder<'_, '_>, name: &str, at: u32) {
        let label = fold_label(name);
        let id = docutils_id(&label);
        recorder.anchor(&id, AnchorKind::Explicit, at);
        self.targets.entry(label.clone()).or_insert(Target::Internal(id.into()));
        self.waiting.push(label);
    }

    /// A target in the text of a paragraph.
    pub(super) fn inline_target(&mut self, recorder: &mut Recorder<'_, '_>, name: &str, at: u32) {
        self.internal(recorder, name, at);
        self.waiting.pop();
    }

    /// A name that a link with an embedded destination gives it.
    pub(super) fn embedded(&mut self, name: &str, destination: &str) {
        let label = fold_label(name);
        self.targets.entry(label).or_insert_with(|| Target::External(destination.into()));
    }

    /// A target with a destination, or with another name (`is_name`) in its place.
    pub(super) fn external(
        &mut self,
        recorder: &mut Recorder<'_, '_>,
        name: &str,
        destination: &str,
        is_name: bool,
        at: u32,
    ) {
        let target = if is_name {
            Target::Name(fold_label(destination))
        } else {
            Target::External(destination.into())
        };
        for waiting in self.waiting.drain(..) {
            self.targets.insert(waiting, target.clone());
        }
        let label = fold_label(name);
        if !is_name {
            let (written, fragment) = split_fragment(destination);
            recorder.out.definitions.push(Definition {
                label: label.clone(),
                target: written,
                fragment,
                title: None,
                kind: DefinitionKind::Link,
                line: recorder.lines.line(at),
                used: false,
                duplicate: false,
            });
        }
        self.targets.entry(label).or_insert(target);
    }

    /// A target without a name.
    pub(super) fn anonymous(&mut self, destination: &str, is_name: bool) {
        self.anonymous_targets.push(if is_name {
            Target::Name(fold_label(destination))
        } else {
            Target::External(destination.into())
        });
    }

    /// A footnote or citation.
    pub(super) fn footnote(&mut self, recorder: &mut Recorder<'_, '_>, label: &str, at: u32) {
        let label = fold_label(label);
        let line = recorder.lines.line(at);
        let name = label.strip_prefix('#').unwrap_or(&label);
        if !matches!(name, "" | "*") {
            let id = Some(docutils_id(name)).filter(|id| !id.is_empty());
            let id = id.unwrap_or_else(|| format!("footnote-{name}"));
            recorder.anchor(&id, AnchorKind::Footnote, at);
            self.targets.entry(name.into()).or_insert(Target::Internal(id.into()));
        }
        recorder.out.definitions.push(Definition {
            label,
            target: "".into(),
            fragment: None,
            title: None,
            kind: DefinitionKind::Footnote,
            line,
            used: false,
            duplicate: false,
        });
    }

    /// A reference to a footnote or citation.
    pub(super) fn use_footnote(&mut self, label: &str) {
        self.used_footnotes.insert(fold_label(label));
    }

    /// The link `index` is a reference to `label`; `text` is given where it must not stay without a target.
    pub(super) fn refer(&mut self, index: usize, label: &str, start: u32, text: Option<&str>) {
        self.references.push(Reference {
            index,
            label: fold_label(label),
            start,
            text: text.map(|text| first_characters(text, LONGEST_SHOWN).into()),
        });
    }

    /// The link `index` is a reference to the next target without a name.
    pub(super) fn refer_anonymous(&mut self, index: usize) {
        self.anonymous_references.push(index);
    }

    /// Sets what all references lead to. Sections and footnotes are what a name means where no target has it.
    pub(super) fn resolve(&mut self, recorder: &mut Recorder<'_, '_>) {
        let mut ids = SectionIds::default();
        let mut sections: Map<Box<str>, Box<str>> = Map::default();
        let mut anchors = recorder.out.anchors.iter().peekable();
        for heading in &recorder.out.headings {
            while let Some(anchor) = anchors.next_if(|anchor| anchor.line <= heading.line) {
                ids.used.insert(anchor.id.to_string());
            }
            let title = recorder.out.texts.get(heading.text);
            let id = ids.next(docutils_id(title));
            sections.entry(fold_label(title)).or_insert_with(|| id.as_str().into());
            self.section_ids.push(id);
        }
        let mut used: Set<Box<str>> = Set::default();
        for reference in std::mem::take(&mut self.references) {
            let mut label = reference.label.clone();
            let mut destination: Option<String> = None;
            for _ in 0..MOST_HOPS {
                used.insert(label.clone());
                match self.targets.get(&label) {
                    Some(Target::External(target)) => destination = Some(target.to_string()),
                    Some(Target::Internal(id)) => destination = Some(format!("#{id}")),
                    Some(Target::Name(next)) => {
                        label = next.clone();
                        continue;
                    }
                    None => destination = sections.get(&label).map(|id| format!("#{id}")),
                }
                break;
            }
            match (destination, reference.text) {
                (Some(destination), _) => recorder.set_destination(reference.index, &destination),
                (None, Some(text)) => {
                    let (line, column) = recorder.lines.position(recorder.text, reference.start);
                    recorder.out.undefined_references.push(UndefinedReference {
                        label: reference.label,
                        text,
                        line,
                        column,
                    });
                }
                (None, None) => {}
            }
        }
        for (index, target) in self.anonymous_references.iter().zip(&self.anonymous_targets) {
            let target = match target {
                Target::Name(name) => {
                    used.insert(name.clone());
                    self.targets.get(name).unwrap_or(target)
                }
                _ => target,
            };
            match target {
                Target::External(target) => recorder.set_destination(*index, target),
                Target::Internal(id) => recorder.set_destination(*index, &format!("#{id}")),
                Target::Name(_) => {}
            }
        }
        let mut seen: Set<(DefinitionKind, Box<str>)> = Set::default();
        for definition in &mut recorder.out.definitions {
            let by_label = if definition.kind == DefinitionKind::Link { &used } else { &self.used_footnotes };
            // Numbers and signs that are given by themselves stand for as many footnotes as there are.
            let is_automatic =
                definition.kind == DefinitionKind::Footnote && matches!(&*definition.label, "#" | "*");
            definition.duplicate = !seen.insert((definition.kind, definition.label.clone())) && !is_automatic;
            definition.used = !definition.duplicate && (is_automatic || by_label.contains(&definition.label));
        }
    }
}

/// Gives sections their ids: one that is taken gets a number.
#[derive(Debug, Default)]
struct SectionIds {
    used: Set<String>,
    /// The last number of each id.
    last: Map<String, u32>,
}

impl SectionIds {
    /// The id of the next section, which is called `id` by its title.
    fn next(&mut self, id: String) -> String {
        let base = if id.is_empty() { "section".to_owned() } else { id.clone() };
        let mut id = id;
        while id.is_empty() || self.used.contains(&id) {
            let last = self.last.entry(base.clone()).or_default();
            *last += 1;
            id = format!("{base}-{last}");
        }
        self.used.insert(id.clone());
        id
    }
}
