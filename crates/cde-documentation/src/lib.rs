//! Front matter, Markdown, slugs, links and their checks.
