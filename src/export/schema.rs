//! The scenario format as a JSON Schema (draft 2020-12), for editors and for other programs that write scenarios.
//!
//! It tells what a schema can: keys, choices, what a quantity looks like. Names, sums and months are the reader's
//! affair. Editors for TOML read drafts of JSON Schema from the fourth on, so it keeps to keywords that mean the same in
//! all of them.

use serde_json::{Map, Value, json};

use crate::scenario::format::{Default, Entries, EntryKey, Format, Key, Measure, Rule, Table, Takes};

/// What the schema is called.
pub const TITLE: &str = "A scenario of wholelife";

/// A name of the user's.
const NAME: &str = "^[A-Za-z0-9_-]+$";
/// A financial year. That its second part follows its first is beyond a pattern.
const YEAR: &str = "^([Ff][Yy] ?)?([0-9]{4}( ?[-/–] ?[0-9]{2}([0-9]{2})?)?|[0-9]{2} ?[-/–] ?[0-9]{2})$";
const MONTH: &str = "^([0-9]{4}[-/–](0?[1-9]|1[0-2])|(0?[1-9]|1[0-2])[-/–][0-9]{4}|[A-Za-z]{3,9}[.]?[- /][0-9]{2}([0-9]{2})?)$";
const DATE: &str = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$";
const CATEGORY: &str = "^[a-z0-9-]{1,60}$";

/// The schema of a format.
pub fn schema(format: &Format) -> Value {
    let mut writer = Writer { format, definitions: Map::new() };
    let root = format.table("").map_or(Value::Null, |table| writer.table(table, false, None));
    let mut whole = Map::new();
    whole.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    whole.insert("title".to_owned(), json!(TITLE));
    if let Value::Object(root) = root {
        whole.extend(root);
    }
    whole.insert("$defs".to_owned(), Value::Object(writer.definitions));
    Value::Object(whole)
}

/// The definitions so far.
struct Writer<'f> {
    format: &'f Format,
    definitions: Map<String, Value>,
}

impl Writer<'_> {
    /// Refers to a definition, which is made if it is not there yet.
    fn definition(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.definitions.contains_key(name) {
            // Its place is taken before it is made: it may refer to itself.
            self.definitions.insert(name.to_owned(), Value::Null);
            let made = make(self);
            self.definitions.insert(name.to_owned(), made);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    /// A table; as a part, none of its keys is required. `same` is the quantity that it stands for.
    fn table(&mut self, table: &Table, is_part: bool, same: Option<Measure>) -> Value {
        let mut properties = Map::new();
        for key in table.keys.iter().filter(|key| !matches!(key.takes, Takes::Refused)) {
            properties.insert(key.name.to_owned(), self.key(key, same));
        }
        let mut schema = Map::new();
        schema.insert("type".to_owned(), json!("object"));
        schema.insert("description".to_owned(), json!(table.meaning));
        self.others(&mut schema, properties, table.others.as_ref(), true);
        if is_part {
            return Value::Object(schema);
        }
        let required: Vec<&str> =
            table.keys.iter().filter(|key| key.default == Default::Required).map(|key| key.name).collect();
        if !required.is_empty() {
            schema.insert("required".to_owned(), json!(required));
        }
        match table.rule {
            Some(Rule::OneOf(keys)) => schema.insert("oneOf".to_owned(), needs(keys)),
            Some(Rule::AnyOf(keys)) => schema.insert("anyOf".to_owned(), needs(keys)),
            None => None,
        };
        Value::Object(schema)
    }

    /// What stands in a table: the keys it has, those that the user chooses, and what is said of its source.
    fn others(
        &mut self,
        schema: &mut Map<String, Value>,
        mut properties: Map<String, Value>,
        others: Option<&Entries>,
        may_say_source: bool,
    ) {
        let entry = others.map(|others| (others.key, self.takes(&others.takes, None)));
        let said: &[Key] = if may_say_source { &self.format.provenance } else { &[] };
        for key in said {
            let told = self.definition(key.name, |writer| writer.key(key, None));
            let told = match &entry {
                // A role may be called `owner`.
                Some((EntryKey::Name(_), entry)) => json!({ "anyOf": [told, entry] }),
                _ => told,
            };
            // A key of the table's own has its own meaning.
            properties.entry(key.name).or_insert(told);
        }
        if !properties.is_empty() {
            schema.insert("properties".to_owned(), Value::Object(properties));
        }
        let more = match entry {
            Some((EntryKey::Name(_), entry)) => {
                schema.insert("propertyNames".to_owned(), json!({ "pattern": NAME }));
                entry
            }
            Some((EntryKey::Year, entry)) => {
                schema.insert("patternProperties".to_owned(), json!({ YEAR: entry }));
                json!(false)
            }
            None => json!(false),
        };
        schema.insert("additionalProperties".to_owned(), more);
    }

    /// What stands under a key, with its meaning.
    fn key(&mut self, key: &Key, same: Option<Measure>) -> Value {
        let mut words = vec![key.meaning.to_owned(), format!("It takes {}.", key.takes.in_words())];
        words.extend(key.default_in_words().map(|default| format!("Left out: {default}.")));
        let mut schema = Map::new();
        schema.insert("description".to_owned(), json!(words.join(" ")));
        match (&key.takes, self.takes(&key.takes, same)) {
            // Beside a reference, older drafts heed nothing, so it goes a level down. A table's does not: an editor would
            // then mark the whole of it where one of its keys is wrong, and a table tells its own meaning.
            (Takes::Quantity(_) | Takes::Figure(_) | Takes::Same { .. }, takes) => {
                schema.insert("anyOf".to_owned(), json!([takes]));
            }
            (_, Value::Object(takes)) => schema.extend(takes),
            (_, takes) => return takes,
        }
        Value::Object(schema)
    }

    fn takes(&mut self, takes: &Takes, same: Option<Measure>) -> Value {
        match takes {
            Takes::Text | Takes::Name(_) => json!({ "type": "string" }),
            Takes::Reason => json!({ "type": "string", "pattern": "[^ \\t\\n\\r]" }),
            Takes::Category => json!({ "type": "string", "pattern": CATEGORY }),
            Takes::Date => json!({ "type": "string", "pattern": DATE }),
            Takes::Month => json!({ "type": "string", "pattern": MONTH }),
            Takes::Year => json!({ "type": "string", "pattern": YEAR }),
            Takes::Truth => json!({ "type": "boolean" }),
            Takes::Whole { low, high } => json!({ "type": "integer", "minimum": low, "maximum": high }),
            Takes::Choice(words) => json!({ "enum": words }),
            Takes::Quantity(measure) => self.quantity(*measure),
            Takes::Figure(measure) => self.figure(*measure),
            Takes::Same { may_be_uncertain } => match (same, may_be_uncertain) {
                (Some(measure), true) => self.quantity(measure),
                (Some(measure), false) => self.figure(measure),
                (None, _) => json!(false),
            },
            Takes::List { of, least, most } => {
                let mut list = json!({ "type": "array", "items": self.takes(of, same) });
                if *least > 0 {
                    list["minItems"] = json!(least);
                }
                if let Some(most) = most {
                    list["maxItems"] = json!(most);
                }
                list
            }
            Takes::Table(path) => self.table_at(path, false),
            Takes::PartOf(path) => self.table_at(path, true),
            Takes::Entries(entries) => {
                let mut schema = Map::new();
                schema.insert("type".to_owned(), json!("object"));
                self.others(&mut schema, Map::new(), Some(entries), entries.may_say_source);
                Value::Object(schema)
            }
            Takes::Either(several) => {
                let several: Vec<Value> = several.iter().map(|one| self.takes(one, same)).collect();
                json!({ "anyOf": several })
            }
            Takes::Refused => json!(false),
        }
    }

    fn table_at(&mut self, path: &str, is_part: bool) -> Value {
        let format = self.format;
        let Some(table) = format.table(path) else { return json!(false) };
        let name = if is_part { format!("part.{path}") } else { path.to_owned() };
        self.definition(&name, |writer| writer.table(table, is_part, None))
    }

    /// A quantity as one figure.
    fn figure(&mut self, measure: Measure) -> Value {
        self.definition(&name(measure), |_| {
            let text = json!({ "type": "string", "pattern": measure.pattern() });
            let mut figure = if measure.may_be_bare() {
                let (low, high) = measure.bounds();
                let mut bare = json!({ "type": "number", "minimum": low, "maximum": high });
                if measure.is_above() {
                    bare["not"] = json!({ "enum": [low] });
                }
                json!({ "anyOf": [bare, text] })
            } else {
                text
            };
            figure["description"] = json!(format!("{}; {}", measure.expected(), measure.ranges()));
            figure
        })
    }

    /// A quantity that may be uncertain.
    fn quantity(&mut self, measure: Measure) -> Value {
        let format = self.format;
        self.definition(&format!("uncertain.{}", name(measure)), |writer| {
            let mut forms = vec![writer.figure(measure)];
            forms.extend(format.estimates.iter().map(|table| writer.table(table, false, Some(measure))));
            json!({ "anyOf": forms })
        })
    }
}

/// One of these keys is there.
fn needs(keys: &[&str]) -> Value {
    keys.iter().map(|key| json!({ "required": [key] })).collect()
}

/// What a quantity is called among the definitions: `a-rate-in-per-cent-0-to-100`.
fn name(measure: Measure) -> String {
    let words = measure.in_words().replace(" -", " minus ");
    let plain = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    plain.collect::<Vec<_>>().join("-")
}
