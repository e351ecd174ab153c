//! In: the pictures that records show. Out: each in the sizes that pages offer, made once and kept; and upright, in the
//! place of the file itself, where its camera was held sideways.

use super::format::Format;
use crate::model::finding::{Checked, Findings};
use crate::model::picture::Picture;
use crate::model::recipe::{Derivative, Make, Recipe};
use crate::model::route::Route;
use crate::model::site::Site;
use crate::model::source::Asset;
use crate::pictures::Trouble;
use crate::pictures::studio::{self, Studio};
use std::sync::Arc;

/// The format.
pub struct Pictures;

impl Format for Pictures {
    fn name(&self) -> &'static str {
        "pictures"
    }

    fn recipes<'s>(&self, _: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        Vec::new().into()
    }

    fn derivatives<'s>(&self, site: &'s Site) -> Checked<Vec<Derivative<'s>>> {
        let mut all = Vec::new();
        let shown = site.pictures.values().map(|at| &site.assets[*at]);
        for (route, asset, picture) in shown.filter_map(|(route, asset)| Some((route, asset, asset.picture.as_ref()?))) {
            all.extend(sizes(route, asset, picture));
        }
        let statics = site.theme.statics.iter().map(|(_, route, asset)| (route, asset));
        for (route, asset) in site.assets.iter().map(|(route, asset)| (route, asset)).chain(statics) {
            all.extend(asset.picture.as_ref().filter(|picture| picture.is_turned()).map(|picture| turned(route, asset, picture)));
        }
        all.into()
    }
}

fn sizes<'s>(route: &Route, asset: &'s Asset, picture: &'s Picture) -> Vec<Derivative<'s>> {
    let Some(sizes) = picture.sizes(route) else { return Vec::new() };
    let all: Vec<_> = sizes.modern.into_iter().chain(sizes.fallback).filter(|size| size.route != *route).collect();
    let studio = Arc::new(Studio::new(picture.clone(), all.len()));
    let one = |size: crate::model::picture::Size| {
        let studio = studio.clone();
        let key = format!("picture/{} {} {}", studio::VERSION, size.width, size.form.ending());
        derivative(asset, &size.route, key, Box::new(move |bytes, out| found(asset, studio.size(bytes, size.width, size.form, out))))
    };
    all.into_iter().map(one).collect()
}

fn turned<'s>(route: &Route, asset: &'s Asset, picture: &'s Picture) -> Derivative<'s> {
    let make = move |bytes: &[u8], out: &mut Vec<u8>| found(asset, studio::upright(picture, bytes, picture.width).map(|made| *out = made));
    derivative(asset, route, format!("upright/{}", studio::VERSION), Box::new(make))
}

fn derivative<'s>(asset: &'s Asset, route: &Route, key: String, make: Make<'s>) -> Derivative<'s> {
    let key = Box::new(move || key.clone());
    Derivative { path: route.file(), subject: asset.path.to_string(), from: Some(asset), key, make, of: None }
}

fn found(asset: &Asset, made: Result<(), Trouble>) -> Result<Findings, crate::model::recipe::RenderFault> {
    let mut findings = Findings::new();
    if let Err(trouble) = made {
        findings.push(trouble.finding(asset.path.as_str()));
    }
    Ok(findings)
}
