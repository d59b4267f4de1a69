//! The schemas of JSON documents, made of the structs that write them.
//!
//! Law: what the structs say is what `fixtures/schema/` says. `UPDATE=1 cargo test --lib schema` writes the files anew; read
//! the difference before you keep it.

use super::model::{Document, InOrder, JsonCell, JsonRow};
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform as _};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use std::borrow::Cow;

/// An amount in won.
pub(super) const EXACT: &str = r"^-?[0-9]+(\.[0-9]{1,4})?$";
/// A figure as it is shown, without marks between thousands.
pub(super) const SHOWN: &str = r"^-?[0-9]+(\.[0-9]+)?$";
/// A year, a month or a day.
pub(super) const DATE: &str = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$";

/// The reports whose pages are such documents, each with the command that writes it.
const REPORTS: [(&str, &str); 10] = [
    ("settlement", "settle"),
    ("plan", "plan"),
    ("diff", "diff YEAR"),
    ("years", "diff YEAR YEAR"),
    ("changes", "diff YEAR --from REV|DIR"),
    ("status", "status"),
    ("return", "return"),
    ("audit", "audit"),
    ("explain", "explain"),
    ("report", "report"),
];

impl JsonSchema for JsonRow<'_> {
    fn schema_name() -> Cow<'static, str> {
        "row".into()
    }

    /// Its key stands under the name of the key's column, which each table has its own of.
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let name = generator.subschema_for::<Option<super::model::Both<'_>>>();
        let cells = generator.subschema_for::<InOrder<'_>>();
        json_schema!({
            "description": "A row. Its key stands under the name of the table's first column: an account's whole path, an item's number.",
            "type": "object",
            "properties": {
                "name": described(name, "What it is called; null where its key is its name."),
                "class": {
                    "description": "Whether it is one of many, the sum of those below it, or the sum of all.",
                    "type": "string",
                    "enum": ["body", "subtotal", "total"],
                },
                "depth": {
                    "description": "How deep it stands in a tree; 0 for the total and for a flat table.",
                    "type": "integer",
                    "minimum": 0,
                },
                "cells": described(cells, "What it says."),
            },
            "required": ["name", "class", "depth", "cells"],
            "additionalProperties": { "description": "Its key.", "type": "string" },
            "minProperties": 5,
            "maxProperties": 5,
        })
    }
}

impl JsonSchema for InOrder<'_> {
    fn schema_name() -> Cow<'static, str> {
        "cells".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let cell = generator.subschema_for::<JsonCell<'_>>();
        json_schema!({
            "description": "Cells by the names of their columns, without the key.",
            "type": "object",
            "additionalProperties": cell,
        })
    }
}

fn described(mut schema: Schema, description: &str) -> Schema {
    schema.insert("description".to_owned(), description.into());
    schema
}

/// No field but those that are named: one that was forgotten here fails. What may be absent is never null.
fn closed(schema: &mut Schema) {
    // Widths of integers are ours, and no format that others know.
    schema.remove("format");
    let required = schema.get("required").cloned().unwrap_or_default();
    let is_required = |name: &str| required.as_array().is_some_and(|names| names.iter().any(|one| one == name));
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
    for (_, property) in properties.iter_mut().filter(|(name, _)| !is_required(name)) {
        never_null(property);
    }
    if schema.get("additionalProperties").is_none() {
        schema.insert("additionalProperties".to_owned(), false.into());
    }
}

fn never_null(property: &mut Value) {
    if let Some([own, null]) = property["type"].as_array().map(Vec::as_slice)
        && null == "null"
    {
        property["type"] = own.clone();
    }
    if let Some([own, _]) = property.get("anyOf").and_then(Value::as_array).map(Vec::as_slice) {
        let (own, description) = (own.clone(), property["description"].clone());
        *property = own;
        property["description"] = description;
    }
}

fn of_report(name: &str, command: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Document<'_>>();
    RecursiveTransform(closed).transform(&mut schema);
    let id = format!("wego-ledger/{name}@1");
    schema.insert("$id".to_owned(), id.clone().into());
    schema.insert("title".to_owned(), format!("What `wego-ledger {command} --format json` writes").into());
    let mut schema = Value::from(schema);
    let own = &mut schema["properties"]["schema"];
    *own = json!({ "description": own["description"], "const": id });
    schema
}

/// A schema as a file: what it is before what it is made of.
struct File(Value);

impl Serialize for File {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let keys = ["$schema", "$id", "title", "description", "type", "properties", "required"];
        let keys = keys.into_iter().chain(["additionalProperties", "$defs"]);
        let entries: Vec<(&str, &Value)> = keys.filter_map(|key| Some((key, self.0.get(key)?))).collect();
        assert_eq!(Some(entries.len()), self.0.as_object().map(serde_json::Map::len), "a key has no place");
        serializer.collect_map(entries)
    }
}

#[test]
fn what_the_structs_say_is_what_the_schemas_say() {
    for (name, command) in REPORTS {
        let made = File(of_report(name, command));
        let text = format!("{}\n", serde_json::to_string_pretty(&made).expect("it is JSON"));
        let file = format!("{}/fixtures/schema/{name}.json", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&file, &text).expect("it can be written");
        }
        assert_eq!(text, std::fs::read_to_string(&file).unwrap_or_default(), "{name}");
    }
}

/// Whoever reads a schema is told in words what each field is.
#[test]
fn every_field_is_described() {
    fn look(at: &str, value: &Value, seen: &mut usize) {
        if let Some(properties) = value.get("properties").and_then(Value::as_object) {
            for (name, property) in properties {
                // The only one of what is described is what is described.
                let alone = properties.len() == 1 && value.get("description").is_some();
                let own = property.get("description").is_some() || property.get("const").is_some() || alone;
                assert!(own, "{at}.{name} is not described");
                *seen += 1;
            }
        }
        match value {
            Value::Object(map) => map.iter().for_each(|(key, value)| look(&format!("{at}.{key}"), value, seen)),
            Value::Array(list) => list.iter().for_each(|value| look(at, value, seen)),
            _ => {}
        }
    }
    let mut seen = 0;
    look("", &of_report("settlement", "settle"), &mut seen);
    assert!(seen > 60, "{seen}");
}
