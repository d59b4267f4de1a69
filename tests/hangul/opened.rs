//! A document opened again: its parts, and XML as a tree.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{Cursor, Read};

/// An element; text lies in elements without a name.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Element>,
    pub(crate) text: String,
}

impl Element {
    pub(crate) fn parse(xml: &str) -> Element {
        let mut reader = Reader::from_str(xml);
        let mut open = vec![Element::default()];
        let push = |open: &mut Vec<Element>, element| open.last_mut().expect("a root").children.push(element);
        loop {
            match reader.read_event().expect("it is well-formed") {
                Event::Start(start) => open.push(Element::of(&start)),
                Event::Empty(start) => push(&mut open, Element::of(&start)),
                Event::End(_) => {
                    let done = open.pop().expect("it was begun");
                    push(&mut open, done);
                }
                Event::Text(text) => {
                    open.last_mut().expect("a root").text.push_str(text.as_ref());
                }
                Event::GeneralRef(name) => {
                    let name: &str = name.as_ref();
                    let text = quick_xml::escape::resolve_xml_entity(name).expect("only the entities of XML");
                    open.last_mut().expect("a root").text.push_str(text);
                }
                Event::Eof => break,
                Event::Decl(_) => {}
                other => panic!("nothing else is written: {other:?}"),
            }
        }
        assert_eq!(open.len(), 1, "every element is ended");
        open.remove(0).children.remove(0)
    }

    fn of(start: &BytesStart<'_>) -> Element {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.expect("attributes are well-formed");
            let name: &str = attribute.key.as_ref();
            let value = quick_xml::escape::unescape(&attribute.value).expect("they are escaped").into_owned();
            (name.to_owned(), value)
        });
        let name = start.name();
        let name: &str = name.as_ref();
        Element { name: name.to_owned(), attributes: attributes.collect(), ..Element::default() }
    }

    pub(crate) fn get(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_else(|| panic!("{} has no {name}", self.name))
    }

    pub(crate) fn number(&self, name: &str) -> u64 {
        self.get(name).parse().unwrap_or_else(|_| panic!("{name} of {} is no number", self.name))
    }

    /// Every element of a name, itself too.
    pub(crate) fn all<'a>(&'a self, name: &str) -> Vec<&'a Element> {
        let mut found = Vec::new();
        self.walk(&mut |element| {
            if element.name == name {
                found.push(element);
            }
        });
        found
    }

    pub(crate) fn walk<'a>(&'a self, see: &mut impl FnMut(&'a Element)) {
        see(self);
        self.children.iter().for_each(|child| child.walk(see));
    }

    /// The text of everything in it, but not of tables.
    pub(crate) fn said(&self) -> String {
        let mut said = self.text.clone();
        for child in self.children.iter().filter(|child| child.name != "hp:tbl") {
            said.push_str(&child.said());
        }
        said
    }
}

/// The parts of a document, in the order of the zip.
pub(crate) struct Opened {
    pub(crate) parts: Vec<(String, Vec<u8>)>,
    pub(crate) stored: Vec<String>,
}

impl Opened {
    pub(crate) fn of(bytes: &[u8]) -> Opened {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is a zip");
        let mut opened = Opened { parts: Vec::new(), stored: Vec::new() };
        for n in 0..zip.len() {
            let mut file = zip.by_index(n).expect("a part can be read");
            let name = file.name().expect("names are text").into_owned();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("a part is whole");
            if file.compression() == zip::CompressionMethod::Stored {
                opened.stored.push(name.clone());
            }
            opened.parts.push((name, bytes));
        }
        opened
    }

    pub(crate) fn part(&self, name: &str) -> Element {
        let (_, bytes) = self.parts.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("no {name}"));
        Element::parse(std::str::from_utf8(bytes).expect("parts are UTF-8"))
    }

    pub(crate) fn sections(&self) -> Vec<Element> {
        let names = self.parts.iter().map(|(name, _)| name).filter(|name| name.starts_with("Contents/section"));
        names.map(|name| self.part(name)).collect()
    }
}
