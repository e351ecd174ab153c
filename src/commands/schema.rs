//! `schema [KIND]`: JSON Schemas (2020-12) of the settings and the front matter, from the same tables that parse them.

use super::command::{Desk, Exit};
use crate::catalogue::CATALOGUE;
use crate::model::kind::{Field, Need, Shape};
use crate::parse::settings::SETTINGS;
use serde_json::{Map, Value, json};

/// Prints the JSON Schema of the settings or of a kind's front matter.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// `settings`, or a kind such as `decision`; all of them in one document where none is given. `messages` prints
    /// the English strings of the interface instead, to be translated.
    what: Option<String>,
}

/// Runs the command.
pub fn run(args: &Args, desk: &Desk) -> Exit {
    if args.what.as_deref() == Some("messages") {
        desk.report.out(crate::io::theme::built_in("messages/en.ftl").unwrap_or_default());
        return Exit::Done;
    }
    let kinds = CATALOGUE.kinds.all;
    let of_kind =
        |name: &str| kinds.iter().find(|kind| kind.name == name).map(|kind| object(&[CATALOGUE.kinds.common, kind.fields], kind.about));
    let schema = match args.what.as_deref() {
        Some("settings") => Some(object(&[SETTINGS], "The settings of a site, promulgate.yaml.")),
        Some(name) => of_kind(name),
        None => {
            let each = kinds.iter().filter_map(|kind| of_kind(kind.name).map(|schema| (kind.name.to_owned(), schema)));
            let all: Map<String, Value> = each.chain([("settings".to_owned(), object(&[SETTINGS], "The settings of a site."))]).collect();
            Some(json!({ "$defs": all }))
        }
    };
    let Some(Value::Object(mut schema)) = schema else {
        let names: Vec<&str> = kinds.iter().map(|kind| kind.name).collect();
        desk.report.say(
            super::command::LogLevel::Error,
            &format!("error: there is no such schema\n  help: Write `settings` or one of: {}.", names.join(", ")),
        );
        return Exit::Usage;
    };
    schema.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    desk.report.out(&serde_json::to_string_pretty(&schema).unwrap_or_default());
    Exit::Done
}

fn object(tables: &[&[Field]], about: &str) -> Value {
    let fields = || tables.iter().flat_map(|table| table.iter());
    let properties: Map<String, Value> = fields().map(|field| (field.name.to_owned(), described(field))).collect();
    let required: Vec<&str> = fields().filter(|field| field.need == Need::Required).map(|field| field.name).collect();
    json!({ "type": "object", "description": about, "properties": properties, "required": required, "additionalProperties": false })
}

fn described(field: &Field) -> Value {
    let mut schema = shape(&field.shape);
    if let Value::Object(map) = &mut schema {
        map.insert("description".into(), json!(field.about));
        map.insert("examples".into(), json!([field.example]));
    }
    schema
}

fn shape(of: &Shape) -> Value {
    match of {
        Shape::Text | Shape::Markdown | Shape::Id(_) | Shape::Ref(_) | Shape::Url | Shape::File | Shape::Lang => {
            json!({ "type": "string" })
        }
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Count => json!({ "type": "integer", "minimum": 0 }),
        Shape::Day => json!({ "type": "string", "format": "date" }),
        Shape::Instant => json!({ "type": "string", "format": "date-time" }),
        Shape::Stamp => json!({ "anyOf": [{ "type": "string", "format": "date" }, { "type": "string", "format": "date-time" }] }),
        Shape::OldPath => json!({ "type": "string", "pattern": "^/" }),
        Shape::Word(words) => json!({ "enum": words }),
        Shape::Secret => json!({ "type": "string", "pattern": "^(env|file|command):." }),
        Shape::Colour => json!({ "type": "string", "pattern": "^#[0-9A-Fa-f]{6}$" }),
        Shape::List(inner) => json!({ "type": "array", "items": shape(inner) }),
        Shape::OneOrMany(inner) => json!({ "anyOf": [shape(inner), { "type": "array", "items": shape(inner) }] }),
        Shape::Map(fields) => object(&[fields], ""),
        Shape::MapOrOff(fields) => json!({ "anyOf": [{ "const": false }, object(&[fields], "")] }),
        Shape::Named(inner) => json!({ "type": "object", "additionalProperties": shape(inner) }),
        Shape::Localised => json!({ "anyOf": [{ "type": "string" }, { "type": "object", "additionalProperties": { "type": "string" } }] }),
        Shape::Anything => json!({}),
    }
}
