//! A rule as SARIF describes it, taken from its page.

use super::level;
use super::model::{Configuration, Help, Plain, Rule, RuleProperties};
use crate::finding::{Code, Severity};

/// The most characters of a description that GitHub takes.
const DESCRIBED: usize = 1000;

/// A rule and its page in one language; where there is no page its name has to do.
pub(super) fn of(code: Code, page: &str) -> Rule {
    let sections = sections(page);
    let lead = sections.first().map(String::as_str).filter(|lead| !lead.is_empty()).unwrap_or(code.name);
    let why = sections.get(1).map(String::as_str).unwrap_or_default();
    let text = plain(page);
    Rule {
        id: code.id,
        name: code.name,
        short_description: Plain { text: shortened(lead) },
        full_description: Plain { text: shortened(format!("{lead}\n\n{why}").trim()) },
        help: Help { text: if text.is_empty() { code.name.to_owned() } else { text }, markdown: page.to_owned() },
        default_configuration: Configuration { level: level(code.severity) },
        properties: RuleProperties {
            tags: [code.family().id],
            problem: match code.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "recommendation",
            },
        },
    }
}

/// What stands below each heading of a page, without marks. In a block of code `#` begins no heading.
fn sections(page: &str) -> Vec<String> {
    let mut sections: Vec<String> = Vec::new();
    let mut code = false;
    for line in page.lines() {
        code ^= line.starts_with("```");
        if line.starts_with('#') && !code {
            sections.push(String::new());
        } else if let Some(section) = sections.last_mut() {
            section.push_str(line);
            section.push('\n');
        }
    }
    sections.iter().map(|section| plain(section)).collect()
}

/// A text of Markdown as plain text.
fn plain(page: &str) -> String {
    let mut lines = Vec::new();
    let mut code = false;
    for line in page.lines() {
        if line.starts_with("```") {
            code = !code;
        } else if code {
            lines.push(line.to_owned());
        } else {
            lines.push(line.trim_start_matches('#').trim_start().replace(['`', '*'], ""));
        }
    }
    lines.join("\n").trim().to_owned()
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= DESCRIBED {
        return text.to_owned();
    }
    text.chars().take(DESCRIBED - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_cut_at_its_headings_and_not_at_comments_of_its_examples() {
        let page = "# WL1 name\n\nWhat `it` finds.\n\n## Why\n\n**Law.**\n\n```toml\n# a comment\n```\n\n## Way out\n\nMend it.\n";
        assert_eq!(sections(page), ["What it finds.", "Law.\n\n# a comment", "Mend it."]);
        assert_eq!(shortened(&"가".repeat(2000)).chars().count(), DESCRIBED);
    }
}
