//! In: a JSON value. Out: its one canonical spelling, for hashing (RFC 8785, limited to strings, integers, flags).
//!
//! Keys are sorted by their UTF-16 units, nothing is spaced, only what JSON demands is escaped. A number that is not an
//! integer is written as a string of its shortest decimal form, because programs disagree about floating point.

use serde_json::Value;

/// The canonical bytes of a value.
pub fn json(value: &Value) -> Vec<u8> {
    let mut out = Vec::with_capacity(1024);
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
            out.push(b'{');
            for (at, key) in keys.into_iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                string(key, out);
                out.push(b':');
                write(&map[key], out);
            }
            out.push(b'}');
        }
        Value::Array(items) => {
            out.push(b'[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                write(item, out);
            }
            out.push(b']');
        }
        Value::Number(number) if number.is_f64() => string(&number.to_string(), out),
        Value::String(text) => string(text, out),
        Value::Null | Value::Bool(_) | Value::Number(_) => out.extend_from_slice(value.to_string().as_bytes()),
    }
}

/// serde_json escapes exactly what RFC 8785 demands: quotes, backslashes and control characters.
fn string(text: &str, out: &mut Vec<u8>) {
    serde_json::to_writer(out, text).expect("writing to memory does not fail");
}

#[cfg(test)]
mod tests {
    use super::json;
    use serde_json::json;

    #[test]
    fn keys_are_sorted_as_rfc_8785_sorts_them_and_nothing_is_spaced() {
        // The example of RFC 8785, 3.2.3, of which the emoji's surrogates sort before U+FB33.
        let value = json!({"\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "\u{f6}": 7});
        let keys = ["\\r", "1", "\u{80}", "\u{f6}", "\u{20ac}", "\u{1f600}", "\u{fb33}"];
        let text = String::from_utf8(json(&value)).unwrap();
        let found: Vec<usize> = keys.iter().map(|key| text.find(&format!("\"{key}\":")).unwrap()).collect();
        assert!(found.is_sorted(), "{text}");
        assert_eq!(json(&json!([true, null, "a\u{1}\"/", 0.5])), br#"[true,null,"a\u0001\"/","0.5"]"#);
    }
}
