//! Printed figures held to account.

mod support;

use support::{Everything, root};
use wego_ledger::audit::Audit;

#[test]
fn explore() {
    for year in [2015, 2016] {
        let read = Everything::of(&root().join("data"), year, 1);
        let audit = Audit::of(read.books, &read.tally);
        for f in &audit.figures {
            println!("{:?} {:?} {:?} {:?} -> {:?}", read.books.printed[f.printed].account, read.books.printed[f.printed].claim, read.books.printed[f.printed].text, f.amount, f.stand);
        }
        for t in &audit.tables {
            println!("exact {:?} readings {:?} {:?}", t.exact, t.readings, t.verdict.possible);
            for h in t.verdict.everywhere.iter().chain(&t.verdict.mixed) {
                let left = h.outcome.ranges().map(|r| (r[t.sheet.cell(2, 3)], r[t.sheet.cell(2, 3)].in_multiples(10)));
                println!("  {:?} -> {:?} {:?}", h.readings, left, match h.outcome { wego_ledger::audit::Outcome::Refuted(n) => Some(&t.sheet.sums[n].place), _ => None });
            }
            for (n, r) in t.rounded() { println!(" rounded {:?} {}", t.sheet.sums[n].place, r); }
            println!(" misprints {:?}", t.misprints);
            println!(" unattributed {:?}", t.sheet.unattributed);
        }
        println!("{:?}\n{:?}\n{:?}", audit.twice, audit.equalities, audit.lists);
    }
}
