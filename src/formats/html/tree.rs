//! In: plain values. Out: the values that templates read.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use tera::Value;
use tera::value::Key;

/// A map for a template, built field by field; a field that is set twice has its last value.
#[derive(Default)]
pub(super) struct Tree(Vec<(Field, Value)>);

/// A field in the order it was set. The engine makes its own map of what it is given and hashes every name for it;
/// kept in order until then, no name is hashed twice.
struct Field(usize, Key<'static>);

impl Tree {
    /// An empty map.
    pub(super) fn new() -> Tree {
        Tree::default()
    }

    /// With one more field; nothing is a field of value none.
    pub(super) fn with(mut self, key: &'static str, value: impl Into<Value>) -> Tree {
        self.set(key, value);
        self
    }

    /// Sets a field.
    pub(super) fn set(&mut self, key: &'static str, value: impl Into<Value>) {
        self.push(Key::Str(key), value.into());
    }

    /// Sets a field whose name is not known beforehand.
    pub(super) fn set_named(&mut self, key: String, value: impl Into<Value>) {
        self.push(Key::from(key), value.into());
    }

    fn push(&mut self, key: Key<'static>, value: Value) {
        self.0.push((Field(self.0.len(), key), value));
    }

    /// The value.
    pub(super) fn done(self) -> Value {
        Value::from(self.0.into_iter().collect::<BTreeMap<Field, Value>>())
    }
}

impl From<Field> for Key<'static> {
    fn from(field: Field) -> Key<'static> {
        field.1
    }
}

impl PartialEq for Field {
    fn eq(&self, other: &Field) -> bool {
        self.0 == other.0
    }
}

impl Eq for Field {}

impl PartialOrd for Field {
    fn partial_cmp(&self, other: &Field) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Field {
    fn cmp(&self, other: &Field) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl From<Tree> for Value {
    fn from(tree: Tree) -> Value {
        tree.done()
    }
}

/// Text that is escaped where it is written.
pub(super) fn text(text: &str) -> Value {
    Value::normal_string(text)
}

/// HTML that was made safe already.
pub(super) fn safe(html: &str) -> Value {
    Value::safe_string(html)
}
