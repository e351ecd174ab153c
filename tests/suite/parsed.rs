//! A page as a browser's parser reads it: its elements in the order of the document.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use std::collections::BTreeMap;

/// An element.
#[derive(Debug, Clone)]
pub struct Element {
    /// Its name, such as `h2`.
    pub name: String,
    /// Its attributes.
    pub attributes: BTreeMap<String, String>,
    /// All text inside, white space as one space.
    pub text: String,
    /// Where the elements around it are in the page, the outermost first.
    pub around: Vec<usize>,
}

impl Element {
    /// An attribute; empty where it is not given.
    pub fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    /// Whether it has a class.
    pub fn is(&self, class: &str) -> bool {
        self.get("class").split_whitespace().any(|own| own == class)
    }
}

/// A page.
#[derive(Debug)]
pub struct Page {
    /// All elements.
    pub elements: Vec<Element>,
    /// What the parser complained about.
    pub errors: Vec<String>,
}

impl Page {
    /// Reads a page.
    pub fn read(html: &str) -> Page {
        let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
        let mut page = Page { elements: Vec::new(), errors: dom.errors.borrow().iter().map(|error| error.to_string()).collect() };
        page.walk(&dom.document, &[]);
        page
    }

    fn walk(&mut self, node: &Handle, around: &[usize]) -> String {
        let mut inner = around.to_vec();
        let at = match &node.data {
            NodeData::Element { name, attrs, .. } => {
                let attributes = attrs.borrow().iter().map(|own| (own.name.local.to_string(), own.value.to_string())).collect();
                let (name, text, around) = (name.local.to_string(), String::new(), around.to_vec());
                self.elements.push(Element { name, attributes, text, around });
                inner.push(self.elements.len() - 1);
                Some(self.elements.len() - 1)
            }
            NodeData::Text { contents } => return contents.borrow().to_string(),
            _ => None,
        };
        let text: String = node.children.borrow().iter().map(|child| self.walk(child, &inner)).collect();
        if let Some(at) = at {
            self.elements[at].text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        text
    }

    /// Elements of a name, in the order of the page.
    pub fn all<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p Element> {
        self.elements.iter().filter(move |element| element.name == name)
    }

    /// Elements with a class.
    pub fn class<'p>(&'p self, class: &'p str) -> impl Iterator<Item = &'p Element> {
        self.elements.iter().filter(move |element| element.is(class))
    }

    /// The element with an id.
    pub fn id(&self, id: &str) -> Option<&Element> {
        self.elements.iter().find(|element| element.get("id") == id)
    }

    /// Where an element is in the page.
    pub fn place(&self, element: &Element) -> usize {
        self.elements.iter().position(|other| std::ptr::eq(other, element)).expect("an element of this page")
    }

    /// The elements inside an element.
    pub fn inside<'p>(&'p self, outer: &Element) -> impl Iterator<Item = &'p Element> {
        let at = self.place(outer);
        self.elements.iter().filter(move |element| element.around.contains(&at))
    }

    /// Whether an element of a name stands around it.
    pub fn within(&self, element: &Element, name: &str) -> bool {
        element.around.iter().any(|at| self.elements[*at].name == name)
    }
}
