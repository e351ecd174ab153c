//! In: any text. Out: the same text, harmless in the format it is written into; each format has its own encoder.

use std::borrow::Cow;

/// Text for HTML, between tags or inside a quoted attribute: `&`, `<`, `>`, `"` and `'` become references.
pub fn html(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|b| matches!(b, b'&' | b'<' | b'>' | b'"' | b'\'')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    push_html(&mut out, text);
    Cow::Owned(out)
}

/// Writes text escaped for HTML, between tags or inside a quoted attribute.
pub fn push_html(out: &mut String, text: &str) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let reference = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[done..at]);
        out.push_str(reference);
        done = at + 1;
    }
    out.push_str(&text[done..]);
}

/// The one place where an attribute is written: ` name="value"`, the value escaped.
pub fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_html(out, value);
    out.push('"');
}

/// Text for XML 1.0: escaped, and without the characters that XML 1.0 cannot hold at all (production 2, `Char`).
pub fn xml(text: &str) -> Cow<'_, str> {
    if text.chars().all(xml_char) {
        return html(text);
    }
    let legal: String = text.chars().filter(|c| xml_char(*c)).collect();
    Cow::Owned(html(&legal).into_owned())
}

fn xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}

/// JSON for a `<script>` element: `<`, `>`, `&`, U+2028 and U+2029 become `\u` escapes, so that no text can end the script.
pub fn json_in_script(json: &str) -> String {
    // Both separators begin with the byte 0xE2; most texts hold none of the five.
    if !json.bytes().any(|byte| matches!(byte, b'<' | b'>' | b'&' | 0xe2)) {
        return json.to_owned();
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            other => out.push(other),
        }
    }
    out
}

/// A cell of a CSV file: quoted where needed; a text that a spreadsheet would run as a formula gets a leading `'`
/// (OWASP, CSV Injection).
pub fn csv_cell(text: &str) -> Cow<'_, str> {
    // The wide signs are formulas to spreadsheets in East Asian settings.
    let signs = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let number = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.')) && text.parse::<f64>().is_ok();
    let formula = text.starts_with(signs) && !number;
    let quoted = text.contains([',', '"', '\n', '\r', ';']);
    if !formula && !quoted {
        return Cow::Borrowed(text);
    }
    let mark = if formula { "'" } else { "" };
    Cow::Owned(format!("\"{mark}{}\"", text.replace('"', "\"\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_is_closed_against_its_own_breakers() {
        assert_eq!(html("<b> & \"x\" 'y'"), "&lt;b&gt; &amp; &quot;x&quot; &#39;y&#39;");
        assert_eq!(xml("a\u{0}b\u{1b}<\u{fffe}"), "ab&lt;");
        assert_eq!(json_in_script("{\"t\":\"</script>\u{2028}&\"}"), "{\"t\":\"\\u003c/script\\u003e\\u2028\\u0026\"}");
        assert_eq!(csv_cell("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
        assert_eq!(csv_cell("-175"), "-175");
        for formula in ["+inf", "-nan", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠SUM(1)"] {
            assert!(csv_cell(formula).starts_with("\"'"), "{formula:?}");
        }
        assert_eq!(csv_cell("a \"b\", c"), "\"a \"\"b\"\", c\"");
    }
}
