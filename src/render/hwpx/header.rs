//! `Contents/header.xml`: the looks that the sections name by their ids.

use super::styles::{Align, Border, Character, Face, Fill, Keep, Paragraph, Rule, Styles, Weight, Words};
use super::xml::{HWP_UNIT_CHAR, Xml};
use std::fmt::Display;

/// The scripts that Hangul chooses fonts for, in its order: the name of the list, and of the attribute.
const SCRIPTS: [(&str, &str); 7] = [
    ("HANGUL", "hangul"),
    ("LATIN", "latin"),
    ("HANJA", "hanja"),
    ("JAPANESE", "japanese"),
    ("OTHER", "other"),
    ("SYMBOL", "symbol"),
    ("USER", "user"),
];

/// The border of pages, paragraphs and characters: none.
pub(super) const NO_BORDER: usize = 1;

const BLACK: &str = "#000000";
const GREY: &str = "#E6E6E6";

/// How many levels an outline has in the format.
const OUTLINE_LEVELS: usize = 10;

/// The part.
pub(super) fn part(styles: &Styles, sections: usize) -> Vec<u8> {
    let mut xml = Xml::rooted("hh:head", &[("version", &"1.5"), ("secCnt", &sections)]);
    let begin = ["page", "footnote", "endnote", "pic", "tbl", "equation"].map(|name| (name, &1 as &dyn Display));
    xml.empty("hh:beginNum", &begin);
    xml.open("hh:refList", &[]);
    fonts(&mut xml);
    borders(&mut xml, styles);
    characters(&mut xml, styles);
    xml.open("hh:tabProperties", &[("itemCnt", &1)]);
    xml.empty("hh:tabPr", &[("id", &0), ("autoTabLeft", &0), ("autoTabRight", &0)]);
    xml.close();
    numberings(&mut xml);
    paragraphs(&mut xml, styles);
    named(&mut xml, styles);
    xml.close();
    xml.open("hh:compatibleDocument", &[("targetProgram", &"HWP201X")]);
    xml.empty("hh:layoutCompatibility", &[]);
    xml.close();
    xml.open("hh:docOption", &[]);
    xml.empty("hh:linkinfo", &[("path", &""), ("pageInherit", &0), ("footnoteInherit", &0)]);
    xml.close();
    xml.empty("hh:trackchageConfig", &[("flags", &56)]);
    xml.bytes()
}

fn fonts(xml: &mut Xml) {
    xml.open("hh:fontfaces", &[("itemCnt", &SCRIPTS.len())]);
    for (lang, _) in SCRIPTS {
        xml.open("hh:fontface", &[("lang", &lang), ("fontCnt", &Face::ALL.len())]);
        for (id, face) in Face::ALL.iter().enumerate() {
            xml.open("hh:font", &[("id", &id), ("face", &face.name()), ("type", &"TTF"), ("isEmbedded", &0)]);
            let (family, proportion) = match face {
                Face::Text => ("FCAT_MYUNGJO", 4),
                Face::Table => ("FCAT_GOTHIC", 4),
            };
            xml.empty(
                "hh:typeInfo",
                &[
                    ("familyType", &family),
                    ("weight", &6),
                    ("proportion", &proportion),
                    ("contrast", &0),
                    ("strokeVariation", &1),
                    ("armStyle", &1),
                    ("letterform", &1),
                    ("midline", &1),
                    ("xHeight", &1),
                ],
            );
            xml.close();
        }
        xml.close();
    }
    xml.close();
}

fn borders(xml: &mut Xml, styles: &Styles) {
    let all = styles.borders.all();
    xml.open("hh:borderFills", &[("itemCnt", &all.len())]);
    for (id, border) in all {
        one_border(xml, id, border);
    }
    xml.close();
}

fn one_border(xml: &mut Xml, id: usize, border: &Border) {
    xml.open(
        "hh:borderFill",
        &[("id", &id), ("threeD", &0), ("shadow", &0), ("centerLine", &"NONE"), ("breakCellSeparateLine", &0)],
    );
    xml.empty("hh:slash", &[("type", &"NONE"), ("Crooked", &0), ("isCounter", &0)]);
    xml.empty("hh:backSlash", &[("type", &"NONE"), ("Crooked", &0), ("isCounter", &0)]);
    let sides = [
        ("hh:leftBorder", border.left),
        ("hh:rightBorder", border.right),
        ("hh:topBorder", border.top),
        ("hh:bottomBorder", border.bottom),
        ("hh:diagonal", Rule::None),
    ];
    for (side, rule) in sides {
        xml.empty(side, &[("type", &rule.kind()), ("width", &rule.width()), ("color", &BLACK)]);
    }
    if border.fill == Fill::Grey {
        xml.open("hc:fillBrush", &[]);
        xml.empty("hc:winBrush", &[("faceColor", &GREY), ("hatchColor", &BLACK), ("alpha", &0)]);
        xml.close();
    }
    xml.close();
}

fn characters(xml: &mut Xml, styles: &Styles) {
    let all = styles.characters.all();
    xml.open("hh:charProperties", &[("itemCnt", &all.len())]);
    for (id, look) in all {
        one_character(xml, id, look);
    }
    xml.close();
}

fn one_character(xml: &mut Xml, id: usize, look: &Character) {
    xml.open(
        "hh:charPr",
        &[
            ("id", &id),
            ("height", &look.size),
            ("textColor", &BLACK),
            ("shadeColor", &"none"),
            ("useFontSpace", &0),
            ("useKerning", &0),
            ("symMark", &"NONE"),
            ("borderFillIDRef", &NO_BORDER),
        ],
    );
    let face = Face::ALL.iter().position(|face| *face == look.face).unwrap_or(0);
    for (name, value) in
        [("hh:fontRef", face), ("hh:ratio", 100), ("hh:spacing", 0), ("hh:relSz", 100), ("hh:offset", 0)]
    {
        xml.empty(name, &SCRIPTS.map(|(_, script)| (script, &value as &dyn Display)));
    }
    if look.weight == Weight::Bold {
        xml.empty("hh:bold", &[]);
    }
    xml.empty("hh:underline", &[("type", &"NONE"), ("shape", &"SOLID"), ("color", &BLACK)]);
    xml.empty("hh:strikeout", &[("shape", &"NONE"), ("color", &BLACK)]);
    xml.empty("hh:outline", &[("type", &"NONE")]);
    xml.empty("hh:shadow", &[("type", &"NONE"), ("color", &"#C0C0C0"), ("offsetX", &10), ("offsetY", &10)]);
    xml.close();
}

/// An outline whose levels have no numbers: those of a page are in its texts.
fn numberings(xml: &mut Xml) {
    xml.open("hh:numberings", &[("itemCnt", &1)]);
    xml.open("hh:numbering", &[("id", &1), ("start", &0)]);
    for level in 1..=OUTLINE_LEVELS {
        xml.empty(
            "hh:paraHead",
            &[
                ("start", &1),
                ("level", &level),
                ("align", &"LEFT"),
                ("useInstWidth", &1),
                ("autoIndent", &0),
                ("widthAdjust", &0),
                ("textOffsetType", &"PERCENT"),
                ("textOffset", &0),
                ("numFormat", &"DIGIT"),
                ("charPrIDRef", &u32::MAX),
                ("checkable", &0),
            ],
        );
    }
    xml.close();
    xml.close();
}

fn paragraphs(xml: &mut Xml, styles: &Styles) {
    let all = styles.paragraphs.all();
    xml.open("hh:paraProperties", &[("itemCnt", &all.len())]);
    for (id, look) in all {
        one_paragraph(xml, id, look);
    }
    xml.close();
}

fn one_paragraph(xml: &mut Xml, id: usize, look: &Paragraph) {
    xml.open(
        "hh:paraPr",
        &[
            ("id", &id),
            ("tabPrIDRef", &0),
            ("condense", &0),
            ("fontLineHeight", &0),
            ("snapToGrid", &0),
            ("suppressLineNumbers", &0),
            ("checked", &0),
            ("textDir", &"LTR"),
        ],
    );
    let align = match look.align {
        Align::Left => "LEFT",
        Align::Centre => "CENTER",
        Align::Right => "RIGHT",
    };
    xml.empty("hh:align", &[("horizontal", &align), ("vertical", &"BASELINE")]);
    let (heading, level) = look.outline.map_or(("NONE", 0), |level| ("OUTLINE", level));
    xml.empty("hh:heading", &[("type", &heading), ("idRef", &0), ("level", &level)]);
    let words = match look.words {
        Words::Whole => "KEEP_WORD",
        Words::Broken => "BREAK_WORD",
    };
    xml.empty(
        "hh:breakSetting",
        &[
            ("breakLatinWord", &"KEEP_WORD"),
            ("breakNonLatinWord", &words),
            ("widowOrphan", &0),
            ("keepWithNext", &u8::from(look.keep == Keep::WithNext)),
            ("keepLines", &0),
            ("pageBreakBefore", &0),
            ("lineWrap", &"BREAK"),
        ],
    );
    xml.empty("hh:autoSpacing", &[("eAsianEng", &0), ("eAsianNum", &0)]);
    xml.open("hp:switch", &[]);
    xml.open("hp:case", &[("hp:required-namespace", &HWP_UNIT_CHAR)]);
    margins(xml, look, 1);
    xml.close();
    xml.open("hp:default", &[]);
    margins(xml, look, 2);
    xml.close();
    xml.close();
    let offsets = ["offsetLeft", "offsetRight", "offsetTop", "offsetBottom", "connect", "ignoreMargin"];
    let mut border: Vec<(&'static str, &dyn Display)> = vec![("borderFillIDRef", &NO_BORDER)];
    border.extend(offsets.map(|name| (name, &0 as &dyn Display)));
    xml.empty("hh:border", &border);
    xml.close();
}

/// The room around a paragraph, so many times as large: older readers halve it.
fn margins(xml: &mut Xml, look: &Paragraph, times: i64) {
    xml.open("hh:margin", &[]);
    let room = [
        ("hc:intent", -i64::from(look.hanging)),
        ("hc:left", i64::from(look.left)),
        ("hc:right", 0),
        ("hc:prev", i64::from(look.before)),
        ("hc:next", i64::from(look.after)),
    ];
    for (name, value) in room {
        xml.empty(name, &[("value", &(value * times)), ("unit", &"HWPUNIT")]);
    }
    xml.close();
    xml.empty("hh:lineSpacing", &[("type", &"PERCENT"), ("value", &look.spacing), ("unit", &"HWPUNIT")]);
}

fn named(xml: &mut Xml, styles: &Styles) {
    xml.open("hh:styles", &[("itemCnt", &styles.named.len())]);
    for (id, (named, characters, paragraph)) in styles.named.iter().enumerate() {
        let (name, english) = named.names();
        xml.empty(
            "hh:style",
            &[
                ("id", &id),
                ("type", &"PARA"),
                ("name", &name),
                ("engName", &english),
                ("paraPrIDRef", paragraph),
                ("charPrIDRef", characters),
                ("nextStyleIDRef", &0),
                ("langID", &1042),
                ("lockForm", &0),
            ],
        );
    }
    xml.close();
}
