//! An area of an alert that no machine can draw (OASIS CAP 1.2, section 3.2.4).

use super::rule::Rule;
use crate::model::finding::{Finding, Findings};
use crate::model::site::Site;

/// An area of an alert that no machine can draw.
pub struct BadArea;

impl Rule for BadArea {
    fn name(&self) -> &'static str {
        "bad-area"
    }

    fn check(&self, site: &Site, out: &mut Findings) {
        for record in site.items.iter().map(|item| &item.original().record) {
            for (at, area) in record.fields.maps("areas").enumerate() {
                if let Some(fault) = area.text("polygon").and_then(polygon_fault) {
                    let help = "Write pairs `latitude,longitude` with a space between them, at least four, the first again as the last.";
                    out.push(Finding::error(self.name(), record.place(format!("areas.{at}.polygon")), fault, help));
                }
                if area.text("circle").is_some_and(|circle| !is_circle(circle)) {
                    let message = "The circle is not `latitude,longitude radius`.";
                    out.push(Finding::error(
                        self.name(),
                        record.place(format!("areas.{at}.circle")),
                        message,
                        "Write it like `64.70,21.00 5`; the radius is in kilometres.",
                    ));
                }
            }
        }
    }
}

fn pair(text: &str) -> Option<(f64, f64)> {
    let (latitude, longitude) = text.split_once(',')?;
    let (latitude, longitude) = (latitude.parse::<f64>().ok()?, longitude.parse::<f64>().ok()?);
    ((-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude)).then_some((latitude, longitude))
}

fn polygon_fault(polygon: &str) -> Option<String> {
    let words: Vec<&str> = polygon.split_whitespace().collect();
    if let Some(bad) = words.iter().find(|word| pair(word).is_none()) {
        return Some(format!("`{bad}` is not a pair of latitude and longitude."));
    }
    if words.len() < 4 {
        return Some(format!("The polygon has {} points; it needs four at least.", words.len()));
    }
    (words.first() != words.last()).then(|| "The polygon is not closed.".to_owned())
}

fn is_circle(circle: &str) -> bool {
    let parts: Vec<&str> = circle.split_whitespace().collect();
    matches!(parts[..], [centre, radius] if pair(centre).is_some() && radius.parse::<f64>().is_ok_and(|radius| radius >= 0.0))
}
