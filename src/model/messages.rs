//! In: Fluent files by language. Out: the interface's strings, formatted.
//!
//! A language without a message falls back to the site's default language, then to English, then to the key itself;
//! `rules::missing_message` finds it. Text comes back plain: whoever writes HTML escapes it.

use crate::model::lang::Lang;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A Fluent file that does not parse.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct MessageError {
    /// Byte offset in the file.
    pub at: usize,
    /// What is wrong.
    pub message: String,
}

/// The strings of all languages.
#[derive(Default)]
pub struct Messages {
    bundles: BTreeMap<Lang, Bundle>,
    fallback: Vec<Lang>,
}

struct Bundle {
    fluent: FluentBundle<FluentResource>,
    keys: Vec<String>,
    terms: BTreeSet<String>,
}

impl Messages {
    /// No messages, falling back along these languages once there are some.
    pub fn new(fallback: Vec<Lang>) -> Messages {
        Messages { bundles: BTreeMap::new(), fallback }
    }

    /// Adds a Fluent file to a language; a later file's message replaces an earlier one's.
    pub fn add(&mut self, lang: Lang, text: &str) -> Result<(), MessageError> {
        let bundle = self.bundles.entry(lang).or_insert_with(|| Bundle::new(lang));
        let resource = FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| MessageError {
            at: errors.first().map_or(0, |error| error.pos.start),
            message: errors.first().map_or_else(String::new, ToString::to_string),
        })?;
        for entry in resource.entries() {
            match entry {
                ast::Entry::Message(message) => bundle.keys.push(message.id.name.to_owned()),
                ast::Entry::Term(term) => drop(bundle.terms.insert(term.id.name.to_owned())),
                _ => {}
            }
        }
        bundle.fluent.add_resource_overriding(resource);
        Ok(())
    }

    /// Languages that have a file.
    pub fn langs(&self) -> impl Iterator<Item = Lang> + '_ {
        self.bundles.keys().copied()
    }

    /// The message keys of a language, sorted, each once.
    pub fn keys(&self, lang: Lang) -> Vec<&str> {
        let mut keys: Vec<&str> = self.bundles.get(&lang).map_or(&[][..], |bundle| &bundle.keys).iter().map(String::as_str).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Whether a language has a message of its own, with a text: one that holds attributes alone says nothing.
    pub fn has(&self, lang: Lang, key: &str) -> bool {
        self.bundles.get(&lang).and_then(|bundle| bundle.fluent.get_message(key)).is_some_and(|message| message.value().is_some())
    }

    /// What a language lacks of another one's: keys, and attributes as `key.attribute`, sorted.
    pub fn lacks(&self, lang: Lang, reference: Lang) -> Vec<String> {
        let mut lacking = Vec::new();
        for key in self.keys(reference) {
            if !self.has(lang, key) {
                lacking.push(key.to_owned());
                continue;
            }
            let own = self.attributes(lang, key);
            lacking.extend(self.attributes(reference, key).difference(&own).map(|name| format!("{key}.{name}")));
        }
        lacking
    }

    fn attributes(&self, lang: Lang, key: &str) -> BTreeSet<String> {
        let message = self.bundles.get(&lang).and_then(|bundle| bundle.fluent.get_message(key));
        message.into_iter().flat_map(|message| message.attributes().map(|own| own.id().to_owned()).collect::<Vec<_>>()).collect()
    }

    /// What stands in the messages of a language and can never be filled: variables that the same message of the
    /// reference does not take, messages and terms that there are not. Each with its key, as it would be shown.
    pub fn unfillable(&self, lang: Lang, reference: Lang) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for key in self.keys(lang) {
            let Some(pattern) = self.value(lang, key) else { continue };
            let own = names_in(pattern);
            let known = self.value(reference, key).map(names_in);
            let unknown = own.into_iter().filter(|name| match name.strip_prefix('$') {
                Some(_) => known.as_ref().is_some_and(|known| !known.contains(name)),
                None => !self.resolves(lang, name),
            });
            found.extend(unknown.map(|name| (key.to_owned(), name)).collect::<Vec<_>>());
        }
        found
    }

    fn value(&self, lang: Lang, key: &str) -> Option<&ast::Pattern<&str>> {
        self.bundles.get(&lang)?.fluent.get_message(key)?.value()
    }

    fn resolves(&self, lang: Lang, name: &str) -> bool {
        self.bundles.get(&lang).is_some_and(|bundle| match name.strip_prefix('-') {
            Some(term) => bundle.terms.contains(term),
            None => bundle.fluent.has_message(name),
        })
    }

    /// A message without arguments.
    pub fn get(&self, lang: Lang, key: &str) -> String {
        self.format(lang, key, &[])
    }

    /// A message with arguments; the key itself where no language has it.
    pub fn format(&self, lang: Lang, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.lookup(lang, key, args).unwrap_or_else(|| key.to_owned())
    }

    /// A message with arguments, if a language of the fallback chain has it.
    pub fn lookup(&self, lang: Lang, key: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
        let chain = std::iter::once(&lang).chain(&self.fallback);
        let bundle = chain.filter_map(|lang| self.bundles.get(lang)).find(|bundle| bundle.fluent.has_message(key))?;
        let pattern = bundle.fluent.get_message(key)?.value()?;
        let mut fluent_args = FluentArgs::new();
        for (name, arg) in args {
            fluent_args.set(*name, FluentValue::from(arg));
        }
        let mut errors = Vec::new();
        Some(bundle.fluent.format_pattern(pattern, Some(&fluent_args), &mut errors).into_owned())
    }

    /// Formats a pattern that a site wrote itself, such as `{ $title }`, by a language's rules.
    pub fn pattern(&self, lang: Lang, pattern: &str, args: &[(&str, Arg<'_>)]) -> Result<String, MessageError> {
        let indented = pattern.replace('\n', "\n    ");
        let mut one = Messages::new(Vec::new());
        one.add(lang, &format!("own =\n    {indented}\n"))?;
        Ok(one.format(lang, "own", args))
    }
}

/// The variables (`$date`), messages (`home`) and terms (`-town`) that a pattern names.
fn names_in(pattern: &ast::Pattern<&str>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            names_of(expression, &mut names);
        }
    }
    names
}

fn names_of(expression: &ast::Expression<&str>, names: &mut BTreeSet<String>) {
    let inline = match expression {
        ast::Expression::Inline(inline) => inline,
        ast::Expression::Select { selector, variants } => {
            for variant in variants {
                names.extend(names_in(&variant.value));
            }
            selector
        }
    };
    match inline {
        ast::InlineExpression::VariableReference { id } => drop(names.insert(format!("${}", id.name))),
        ast::InlineExpression::MessageReference { id, .. } => drop(names.insert(id.name.to_owned())),
        ast::InlineExpression::TermReference { id, .. } => drop(names.insert(format!("-{}", id.name))),
        ast::InlineExpression::Placeable { expression } => names_of(expression, names),
        ast::InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                names_of(&ast::Expression::Inline(argument.clone()), names);
            }
        }
        _ => {}
    }
}

impl Bundle {
    fn new(lang: Lang) -> Bundle {
        let id = lang.as_str().parse().unwrap_or_default();
        let mut fluent = FluentBundle::new_concurrent(vec![id]);
        fluent.set_use_isolating(false);
        Bundle { fluent, keys: Vec::new(), terms: BTreeSet::new() }
    }
}

/// An argument of a message.
#[derive(Debug, Clone, Copy)]
pub enum Arg<'a> {
    /// Text.
    Text(&'a str),
    /// A number, by which a language chooses its plural.
    Number(i64),
}

impl<'a> From<&Arg<'a>> for FluentValue<'a> {
    fn from(arg: &Arg<'a>) -> FluentValue<'a> {
        match arg {
            Arg::Text(text) => FluentValue::from(*text),
            Arg::Number(number) => FluentValue::from(*number),
        }
    }
}

impl fmt::Debug for Messages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Messages").field("langs", &self.bundles.keys().collect::<Vec<_>>()).finish_non_exhaustive()
    }
}
