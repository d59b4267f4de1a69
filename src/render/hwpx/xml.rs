//! Elements, attributes and text, escaped; what XML cannot hold does not come in.

use super::super::printable;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::fmt::Display;

/// The namespaces that Hangul writes at the root of each of its parts; its readers want all of them.
pub(super) const NAMESPACES: [(&str, &str); 15] = [
    ("xmlns:ha", "http://www.hancom.co.kr/hwpml/2011/app"),
    ("xmlns:hp", "http://www.hancom.co.kr/hwpml/2011/paragraph"),
    ("xmlns:hp10", "http://www.hancom.co.kr/hwpml/2016/paragraph"),
    ("xmlns:hs", "http://www.hancom.co.kr/hwpml/2011/section"),
    ("xmlns:hc", "http://www.hancom.co.kr/hwpml/2011/core"),
    ("xmlns:hh", "http://www.hancom.co.kr/hwpml/2011/head"),
    ("xmlns:hhs", "http://www.hancom.co.kr/hwpml/2011/history"),
    ("xmlns:hm", "http://www.hancom.co.kr/hwpml/2011/master-page"),
    ("xmlns:hpf", "http://www.hancom.co.kr/schema/2011/hpf"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:opf", "http://www.idpf.org/2007/opf/"),
    ("xmlns:ooxmlchart", "http://www.hancom.co.kr/hwpml/2016/ooxmlchart"),
    ("xmlns:hwpunitchar", HWP_UNIT_CHAR),
    ("xmlns:epub", "http://www.idpf.org/2007/ops"),
    ("xmlns:config", "urn:oasis:names:tc:opendocument:xmlns:config:1.0"),
];

/// The namespace whose readers take paragraph margins as they are; others take twice as much.
pub(super) const HWP_UNIT_CHAR: &str = "http://www.hancom.co.kr/hwpml/2016/HwpUnitChar";

/// What an attribute says.
pub(super) type Attribute<'a> = (&'static str, &'a dyn Display);

/// A part that is being written.
pub(super) struct Xml {
    writer: Writer<Vec<u8>>,
    open: Vec<&'static str>,
}

impl Xml {
    /// A part with its declaration.
    pub(super) fn part() -> Xml {
        let mut xml = Xml { writer: Writer::new(Vec::new()), open: Vec::new() };
        xml.put(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))));
        xml
    }

    /// A part whose root knows all namespaces.
    pub(super) fn rooted(root: &'static str, attributes: &[Attribute<'_>]) -> Xml {
        let mut xml = Xml::part();
        let mut all: Vec<Attribute<'_>> = NAMESPACES.iter().map(|(name, uri)| (*name, uri as &dyn Display)).collect();
        all.extend_from_slice(attributes);
        xml.open(root, &all);
        xml
    }

    /// Begins an element.
    pub(super) fn open(&mut self, name: &'static str, attributes: &[Attribute<'_>]) {
        self.put(Event::Start(start(name, attributes)));
        self.open.push(name);
    }

    /// Ends the element that was begun last.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.put(Event::End(BytesEnd::new(name)));
        }
    }

    /// An element that holds nothing.
    pub(super) fn empty(&mut self, name: &'static str, attributes: &[Attribute<'_>]) {
        self.put(Event::Empty(start(name, attributes)));
    }

    /// An element that holds a text.
    pub(super) fn text(&mut self, name: &'static str, attributes: &[Attribute<'_>], text: &str) {
        self.open(name, attributes);
        self.put(Event::Text(BytesText::new(&held(text))));
        self.close();
    }

    /// The part, every element ended.
    pub(super) fn bytes(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.close();
        }
        self.writer.into_inner()
    }

    fn put(&mut self, event: Event<'_>) {
        self.writer.write_event(event).expect("memory can always be written");
    }
}

fn start<'a>(name: &'a str, attributes: &[Attribute<'_>]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, held(&value.to_string()).as_str()));
    }
    start
}

/// A text without line ends, other control characters, and the two characters that XML has no way to write.
pub(super) fn held(text: &str) -> String {
    printable(text).replace(['\u{fffe}', '\u{ffff}'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_a_space_and_markup_is_text() {
        let mut xml = Xml::part();
        xml.text("a", &[("b", &"\"<&>'\u{1}")], "<script>&\u{0}\u{b}\u{ffff}\n끝");
        let text = String::from_utf8(xml.bytes()).expect("it is UTF-8");
        let body = text.split_once("?>").expect("a declaration").1;
        assert_eq!(body, "<a b=\"&quot;&lt;&amp;&gt;&apos; \">&lt;script&gt;&amp;    끝</a>");
    }
}
