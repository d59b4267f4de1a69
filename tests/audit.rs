//! Printed figures held to account.

mod support;

use support::{Everything, root};
use wego_ledger::audit::{Audit, Audited, Cause, Possible, Sheet, understood};
use wego_ledger::money::Unit;
use wego_ledger::read;

fn published(csv: &str, unit: Option<Unit>) -> Audited {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("table.csv");
    std::fs::write(&path, csv).expect("it can be written");
    let (published, _, _) = read::published(&path, None).expect("it can be read");
    let understood = understood(&published, unit).expect("it is a table");
    let columns = understood.sheet.columns.len();
    Audited::of(understood.sheet, vec![false; columns])
}

fn named(sheet: &Sheet, cause: &Cause) -> String {
    match cause {
        Cause::Cells(suspects) => suspects.iter().map(|s| sheet.name(s.cell).ko).collect::<Vec<_>>().join(" | "),
        Cause::Rows { whole, twice, .. } => format!("rows of {} {:?}", sheet.rows[*whole].name.ko, twice),
    }
}

fn explain(audited: &Audited) {
    let s = &audited.sheet;
    for (n, c) in s.columns.iter().enumerate() {
        println!("  column {n} {} {:?}", c.heading.ko, c.sort);
    }
    for (n, r) in s.rows.iter().enumerate() {
        println!("  row {n} {} of {:?}", r.name.ko, r.parent);
    }
    for i in &s.identities {
        println!("  {i:?}");
    }
    println!("  possible {:?} readings {:?}", audited.verdict.possible, audited.readings);
    for m in &audited.misprints {
        println!("  MISPRINT {} sums {:?} rates {:?} gap {:?}", named(s, &m.cause), m.sums, m.rates, m.gap);
    }
    for (n, r) in audited.rounded() {
        println!("  rounded {:?} {r}", s.sums[n].place);
    }
}

#[test]
fn explore() {
    for (name, text, unit) in [
        (
            "seoul",
            "(단위: 천원),,,,,\n예산과목,2015 예산,교부액,집행액,집행잔액,발생이자\n계,\"644,658\",\"637,458\",\"636,311\",\"1,147\",113\n인건비,\"269,520\",\"262,320\",\"261,500\",820,-\n여비,\"10,000\",\"10,000\",\"9,999.9\",0.05,-\n업무추진비,\"6,000\",\"6,000\",\"5,999.5\",0.5,-\n사무관리비,\"359,138\",\"359,138\",\"358,812\",326,-\n임차료·일반수용비,\"126,938\",\"126,938\",\"126,615\",323,-\n사업비,\"232,200\",\"232,200\",\"232,197\",3,-\n",
            None,
        ),
        (
            "gwgs",
            "부서명,예산현액(A),지출액 누계(B),집행잔액(A-B),집행률(B/A)\n총계,\"1,000,000\",\"54,050\",\"945,950\",5.405\n기획과,\"400,000\",\"50,000\",\"350,000\",12.5\n홍보과,\"500,000\",\"4,050\",\"495,950\",0.81\n감사과,\"100,000\",0,\"100,000\",0\n",
            Some(Unit::Thousand),
        ),
        (
            "gwgs wrong",
            "부서명,예산현액(A),지출액 누계(B),집행잔액(A-B),집행률(B/A)\n총계,\"1,000,000\",\"54,050\",\"945,950\",5.405\n기획과,\"400,000\",\"50,000\",\"350,000\",12.5\n홍보과,\"500,000\",\"4,050\",\"459,950\",0.81\n감사과,\"100,000\",0,\"100,000\",0\n",
            Some(Unit::Thousand),
        ),
        (
            "bsseogu",
            "구분,세입㉮,세출㉯,잉여금㉰=㉮-㉯,이월㉱,보조금 반납㉲,순세계잉여금㉳=㉰-㉱-㉲\n합계,\"500,000\",\"450,000\",\"50,000\",\"20,000\",\"37,790\",\"△7,790\"\n일반회계,\"400,000\",\"370,000\",\"30,000\",\"15,000\",\"22,790\",\"△7,790\"\n특별회계,\"100,000\",\"80,000\",\"20,000\",\"5,000\",\"15,000\",-\n",
            Some(Unit::Thousand),
        ),
        (
            "english",
            "Department,Original Budget,Final Budget,Actual,Variance,% Used\nEducation,1200,1250,1198.4,51.6,95.9%\nHealth,800,790,801.2,(11.2),101.4%\nRoads,400,420,399.9,20.1,95.2%\nTotal,2400,2460,2399.5,60.5,97.5%\n",
            Some(Unit::Million),
        ),
        ("gwgs", &std::fs::read_to_string("/tmp/pub/gwgs.csv").unwrap(), None),
        ("bss", &std::fs::read_to_string("/tmp/pub/bsseogu.csv").unwrap(), None),
        ("school", &std::fs::read_to_string("/tmp/pub/school.csv").unwrap(), None),
    ] {
        println!("{name}");
        explain(&published(text, unit));
    }
}
#[test]
fn real() {
    let read = Everything::of(&root().join("data"), 2015, 1);
    let audit = Audit::of(read.books, &read.tally);
    assert_eq!(audit.tables[0].verdict.possible, Possible::Yes);
}
