//! The parts of the package, and the zip that holds them.
//!
//! Law: the same page gives the same bytes; no part knows the time.

use super::xml::{Attribute, Xml};
use std::io::{self, Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What the file is; it stands first, as it is, so that a look at its first bytes tells.
const MIMETYPE: &str = "application/hwp+zip";

/// What is said of the document.
pub(super) struct About<'a> {
    pub(super) title: &'a str,
    pub(super) creator: &'a str,
    pub(super) language: &'a str,
}

/// The parts that the page makes.
pub(super) struct Parts {
    pub(super) header: Vec<u8>,
    pub(super) sections: Vec<Vec<u8>>,
    pub(super) preview: String,
}

/// The whole file.
pub(super) fn file(about: &About<'_>, parts: &Parts) -> io::Result<Vec<u8>> {
    let sections: Vec<String> = (0..parts.sections.len()).map(|n| format!("Contents/section{n}.xml")).collect();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // The zip's own date is the first that a zip can say.
    let plain = SimpleFileOptions::default().last_modified_time(zip::DateTime::default()).unix_permissions(0o644);
    let mut put = |name: &str, method: CompressionMethod, bytes: &[u8]| -> io::Result<()> {
        zip.start_file(name, plain.compression_method(method))?;
        zip.write_all(bytes)
    };
    put("mimetype", CompressionMethod::Stored, MIMETYPE.as_bytes())?;
    put("version.xml", CompressionMethod::Deflated, &version())?;
    put("Contents/header.xml", CompressionMethod::Deflated, &parts.header)?;
    for (name, section) in sections.iter().zip(&parts.sections) {
        put(name, CompressionMethod::Deflated, section)?;
    }
    put("Preview/PrvText.txt", CompressionMethod::Deflated, parts.preview.as_bytes())?;
    put("settings.xml", CompressionMethod::Deflated, &settings())?;
    put("META-INF/container.rdf", CompressionMethod::Deflated, &relations(&sections))?;
    put("Contents/content.hpf", CompressionMethod::Deflated, &contents(about, &sections))?;
    put("META-INF/container.xml", CompressionMethod::Deflated, &container())?;
    put("META-INF/manifest.xml", CompressionMethod::Deflated, &manifest())?;
    Ok(zip.finish()?.into_inner())
}

/// The version of the format. Readers go by the program that they know; the document is none of its own.
fn version() -> Vec<u8> {
    let mut xml = Xml::part();
    xml.empty(
        "hv:HCFVersion",
        &[
            ("xmlns:hv", &"http://www.hancom.co.kr/hwpml/2011/version"),
            // So it is spelled in the format.
            ("tagetApplication", &"WORDPROCESSOR"),
            ("major", &5),
            ("minor", &1),
            ("micro", &1),
            ("buildNumber", &0),
            ("os", &1),
            ("xmlVersion", &"1.5"),
            ("application", &"wego-ledger"),
            ("appVersion", &env!("CARGO_PKG_VERSION")),
        ],
    );
    xml.bytes()
}

fn settings() -> Vec<u8> {
    let mut xml = Xml::part();
    xml.open("ha:HWPApplicationSetting", &[("xmlns:ha", &"http://www.hancom.co.kr/hwpml/2011/app")]);
    xml.empty("ha:CaretPosition", &[("listIDRef", &0), ("paraIDRef", &0), ("pos", &0)]);
    xml.bytes()
}

fn container() -> Vec<u8> {
    let mut xml = Xml::part();
    xml.open(
        "ocf:container",
        &[
            ("xmlns:ocf", &"urn:oasis:names:tc:opendocument:xmlns:container"),
            ("xmlns:hpf", &"http://www.hancom.co.kr/schema/2011/hpf"),
        ],
    );
    xml.open("ocf:rootfiles", &[]);
    for (path, kind) in [
        ("Contents/content.hpf", "application/hwpml-package+xml"),
        ("Preview/PrvText.txt", "text/plain"),
        ("META-INF/container.rdf", "application/rdf+xml"),
    ] {
        xml.empty("ocf:rootfile", &[("full-path", &path), ("media-type", &kind)]);
    }
    xml.bytes()
}

fn manifest() -> Vec<u8> {
    let mut xml = Xml::part();
    xml.empty("odf:manifest", &[("xmlns:odf", &"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0")]);
    xml.bytes()
}

/// Which part is what.
fn relations(sections: &[String]) -> Vec<u8> {
    const PACKAGE: &str = "http://www.hancom.co.kr/hwpml/2016/meta/pkg#";
    let mut xml = Xml::part();
    xml.open("rdf:RDF", &[("xmlns:rdf", &"http://www.w3.org/1999/02/22-rdf-syntax-ns#")]);
    let parts = std::iter::once(("Contents/header.xml", "HeaderFile"))
        .chain(sections.iter().map(|section| (section.as_str(), "SectionFile")));
    let mut kind = |about: &str, kind: &str| {
        xml.open("rdf:Description", &[("rdf:about", &about)]);
        xml.empty("rdf:type", &[("rdf:resource", &format!("{PACKAGE}{kind}"))]);
        xml.close();
    };
    kind("", "Document");
    for (part, what) in parts.clone() {
        kind(part, what);
    }
    for (part, _) in parts {
        xml.open("rdf:Description", &[("rdf:about", &"")]);
        xml.empty("pkg:hasPart", &[("xmlns:pkg", &PACKAGE), ("rdf:resource", &part)]);
        xml.close();
    }
    xml.bytes()
}

/// What the document is called, and its parts in order.
fn contents(about: &About<'_>, sections: &[String]) -> Vec<u8> {
    let mut xml = Xml::rooted("opf:package", &[("version", &""), ("unique-identifier", &""), ("id", &"")]);
    xml.open("opf:metadata", &[]);
    xml.text("opf:title", &[], about.title);
    xml.text("opf:language", &[], about.language);
    for (name, text) in [("creator", about.creator), ("subject", ""), ("description", ""), ("keyword", "")] {
        xml.text("opf:meta", &[("name", &name), ("content", &"text")], text);
    }
    xml.close();
    let names: Vec<String> = (0..sections.len()).map(|n| format!("section{n}")).collect();
    xml.open("opf:manifest", &[]);
    let item = |xml: &mut Xml, id: &str, path: &str| {
        let attributes: [Attribute<'_>; 3] = [("id", &id), ("href", &path), ("media-type", &"application/xml")];
        xml.empty("opf:item", &attributes);
    };
    item(&mut xml, "header", "Contents/header.xml");
    for (name, path) in names.iter().zip(sections) {
        item(&mut xml, name, path);
    }
    item(&mut xml, "settings", "settings.xml");
    item(&mut xml, "version", "version.xml");
    xml.close();
    xml.open("opf:spine", &[]);
    for name in std::iter::once("header").chain(names.iter().map(String::as_str)) {
        xml.empty("opf:itemref", &[("idref", &name), ("linear", &"yes")]);
    }
    xml.bytes()
}
