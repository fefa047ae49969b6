//! `docusaurus.config.js` and `.ts`: the literals of its options, found among the tokens.

use super::script::{Token, closing, tokens, values_of};
use super::sidebars::{Instance, Sidebars};
use super::{Folder, Navigation, Problem, Told, path_of_url};
use crate::options::SlugFlavour;

const PLUGIN: &str = "plugin-content-docs";
/// How many sets of documents are looked at.
const MOST_INSTANCES: usize = 64;

/// What `text` tells. `sidebars` reads a file beside it: `None` where its lists cannot be told.
pub(super) fn told(
    text: &str,
    mut sidebars: impl FnMut(&str) -> Option<super::sidebars::Lists>,
) -> Result<Told, Problem> {
    let tokens = tokens(text)?;
    let mut content = Vec::new();
    let mut instances = Vec::new();
    let mut looked_at = 0;
    let mut has_usual = false;
    for (index, token) in tokens.iter().enumerate() {
        let opened = match token {
            Token::Name(name) | Token::Text(name)
                if name == "docs" && tokens.get(index + 1).is_some_and(|next| next.is(b':')) =>
            {
                index + 2
            }
            Token::Text(name) if name.ends_with(PLUGIN) => index + 2,
            _ => continue,
        };
        if !tokens.get(opened).is_some_and(|next| next.is(b'{')) {
            continue;
        }
        looked_at += 1;
        if looked_at > MOST_INSTANCES {
            break;
        }
        let values = values_of(&tokens, opened, ["path", "sidebarPath", "routeBasePath", "editUrl"]);
        // An object named so may be anything else, such as part of the theme.
        let is_plugin = matches!(token, Token::Text(name) if name.ends_with(PLUGIN));
        if !is_plugin && values.iter().all(Option::is_none) {
            continue;
        }
        let [path, sidebar, ..] = values.map(|value| value.map(|value| literal_at(&tokens, value)));
        let path = match path {
            None => "docs",
            Some(Some(path)) => path,
            Some(None) => continue,
        };
        has_usual |= !is_plugin;
        content.push(Folder { key: "path", path: path.to_owned() });
        let lists = sidebar.flatten().and_then(&mut sidebars);
        instances.push(Instance { path: path.to_owned(), lists });
    }
    // The set that a preset has without being told, beside those of plugins.
    if !has_usual && !content.is_empty() {
        content.push(Folder { key: "path", path: "docs".to_owned() });
    }
    let mut told = Told {
        content,
        slugs: Some((SlugFlavour::Docusaurus, false)),
        navigation: Navigation::Sidebars(Sidebars(instances)),
        ..Told::default()
    };
    if let Some(Token::Text(url)) = first_value(&tokens, "baseUrl").map(|value| &tokens[value]) {
        told.base_url = path_of_url(url);
    }
    if let Some(value) = first_value(&tokens, "staticDirectories").filter(|value| tokens[*value].is(b'[')) {
        let listed = tokens[value..closing(&tokens, value)].iter();
        told.served = listed
            .filter_map(|token| match token {
                Token::Text(path) => Some(Folder { key: "staticDirectories", path: path.clone() }),
                _ => None,
            })
            .collect();
    }
    Ok(told)
}

/// Where the first value of a key `name` stands, at whatever depth.
fn first_value(tokens: &[Token], name: &str) -> Option<usize> {
    let is_key = |pair: &[Token]| matches!(&pair[0], Token::Name(known) if known == name) && pair[1].is(b':');
    tokens.windows(2).position(is_key).map(|key| key + 2).filter(|value| *value < tokens.len())
}

/// The text at `at`, also as the argument of a call: `require.resolve('./sidebars.js')`.
fn literal_at(tokens: &[Token], at: usize) -> Option<&str> {
    let is_call = |name: &str| matches!(name, "require" | "resolve");
    let mut at = at;
    while match tokens.get(at)? {
        Token::Name(name) => is_call(name),
        Token::Sign(sign) => matches!(sign, b'.' | b'('),
        _ => false,
    } {
        at += 1;
    }
    match tokens.get(at)? {
        Token::Text(text) => Some(text),
        _ => None,
    }
}
