//! A strict reader of web pages: what is not closed, written twice or left unescaped is refused.

/// An element, or a text.
#[derive(Debug)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

/// An element with all that is in it.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) inner: Vec<Node>,
}

const VOID: [&str; 4] = ["meta", "link", "br", "img"];

impl Element {
    /// Reads a whole page.
    pub(crate) fn page(text: &str) -> Element {
        let text = text.strip_prefix("<!DOCTYPE html>").expect("a page of HTML");
        let mut reader = Reader { rest: text };
        let mut page = Element { name: "page".to_owned(), ..Element::default() };
        reader.inside(&mut page);
        assert!(reader.rest.trim().is_empty(), "behind the end: {}", &reader.rest[..reader.rest.len().min(60)]);
        page
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|all| all.split(' ').any(|one| one == class))
    }

    /// Its elements and theirs, in order.
    pub(crate) fn all(&self) -> Vec<&Element> {
        let mut found = Vec::new();
        let mut open: Vec<&Element> = vec![self];
        while let Some(element) = open.pop() {
            found.push(element);
            open.extend(element.elements().rev());
        }
        found
    }

    pub(crate) fn elements(&self) -> impl DoubleEndedIterator<Item = &Element> {
        self.inner.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    pub(crate) fn named<'e>(&'e self, name: &'static str) -> impl Iterator<Item = &'e Element> {
        self.all().into_iter().filter(move |element| element.name == name)
    }

    pub(crate) fn classed<'e>(&'e self, class: &'static str) -> impl Iterator<Item = &'e Element> {
        self.all().into_iter().filter(move |element| element.has_class(class))
    }

    pub(crate) fn by_id(&self, id: &str) -> &Element {
        let found: Vec<_> = self.all().into_iter().filter(|element| element.attribute("id") == Some(id)).collect();
        assert_eq!(found.len(), 1, "places called `{id}`");
        found[0]
    }

    /// All that it says, without style and script.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for node in &self.inner {
            match node {
                Node::Text(said) => text.push_str(said),
                Node::Element(element) if matches!(element.name.as_str(), "style" | "script") => {}
                Node::Element(element) => text.push_str(&element.text()),
            }
        }
        text
    }
}

struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    /// Reads what is in an element, and its end.
    fn inside(&mut self, element: &mut Element) {
        loop {
            let (text, _) = self.rest.split_at(self.rest.find('<').unwrap_or(self.rest.len()));
            self.rest = &self.rest[text.len()..];
            if !text.is_empty() {
                element.inner.push(Node::Text(unescaped(text)));
            }
            if self.rest.is_empty() {
                assert_eq!(element.name, "page", "`{}` is not closed", element.name);
                return;
            }
            if let Some(closing) = self.rest.strip_prefix("</") {
                let (name, rest) = closing.split_once('>').expect("a tag has an end");
                assert_eq!(name, element.name, "what is opened last is closed first");
                self.rest = rest;
                return;
            }
            let inner = self.opening();
            element.inner.push(Node::Element(inner));
        }
    }

    fn until(&mut self, ends: impl Fn(char) -> bool) -> &'t str {
        let (found, rest) = self.rest.split_at(self.rest.find(ends).expect("a tag has an end"));
        self.rest = rest;
        found
    }

    fn opening(&mut self) -> Element {
        self.rest = self.rest.strip_prefix('<').expect("it begins so");
        let name = self.until(|c| c == ' ' || c == '>');
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric()) && !name.is_empty(), "no name of an element: {name:?}");
        let mut element = Element { name: name.to_owned(), ..Element::default() };
        while let Some(rest) = self.rest.strip_prefix(' ') {
            self.rest = rest;
            let name = self.until(|c| matches!(c, '=' | ' ' | '>')).to_owned();
            let value = if let Some(rest) = self.rest.strip_prefix("=\"") {
                self.rest = rest;
                let value = self.until(|c| c == '"');
                assert!(!value.contains('<'), "{name}={value}");
                self.rest = &self.rest[1..];
                unescaped(value)
            } else {
                String::new()
            };
            assert!(element.attribute(&name).is_none(), "`{name}` of `{}` stands twice", element.name);
            element.attributes.push((name, value));
        }
        self.rest = self.rest.strip_prefix('>').expect("a tag ends");
        if matches!(element.name.as_str(), "style" | "script") {
            let end = format!("</{}>", element.name);
            let (raw, rest) = self.rest.split_once(&end).expect("it is closed");
            element.inner.push(Node::Text(raw.to_owned()));
            self.rest = rest;
        } else if !VOID.contains(&element.name.as_str()) {
            self.inside(&mut element);
        }
        element
    }
}

fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        let (name, behind) = behind.split_once(';').expect("an ampersand is escaped");
        let c = match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            _ => panic!("`&{name};`"),
        };
        plain.push_str(before);
        plain.push(c);
        rest = behind;
    }
    plain.push_str(rest);
    assert!(!plain.chars().any(|c| c.is_control() && c != '\n'), "a control character in {plain:?}");
    plain
}
