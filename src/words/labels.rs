//! The labels: columns, terms, reports, units, severities, Korean beside English.

use super::Word;

// Columns and terms.

/// The first column of every table of accounts.
pub const ACCOUNT: Word = Word::new("account", "예산과목", "Account");
/// The budget in force (예산현액): the original budget and all that changed it.
pub const BUDGET: Word = Word::new("budget", "예산", "Budget");
/// The first approved budget.
pub const ORIGINAL_BUDGET: Word = Word::new("original_budget", "본예산", "Original budget");
/// Signed changes by vote.
pub const SUPPLEMENT: Word = Word::new("supplement", "추경", "Supplement");
/// The original budget and what was voted since.
pub const VOTED_BUDGET: Word = Word::new("voted_budget", "예산액", "Budget as voted");
/// Net of transfers between accounts.
pub const TRANSFERRED: Word = Word::new("transferred", "이용·전용·이체", "Transfers");
/// Net of transfers between policy programmes.
pub const TRANSFERRED_ACROSS: Word = Word::new("transferred(cross_program)", "이용", "Transfers between programmes");
/// Net of transfers within a policy programme.
pub const TRANSFERRED_WITHIN: Word = Word::new("transferred(within_program)", "전용", "Transfers within a programme");
/// Net of transfers after a reorganisation.
pub const TRANSFERRED_BY_LAW: Word = Word::new("transferred(reorganisation)", "이체", "Transfers by reorganisation");
/// Budget taken from the reserve.
pub const RESERVE_USED: Word = Word::new("reserve_used", "예비비", "Reserve used");
/// Budget brought in from the year before.
pub const CARRIED_IN: Word = Word::new("carried_in", "전년도이월액", "Carried in");
/// Of it, by vote.
pub const CARRIED_IN_VOTED: Word = Word::new("carried_in(voted)", "전년도 명시이월", "Carried in by vote");
/// Of it, committed and unavoidable.
pub const CARRIED_IN_COMMITTED: Word = Word::new("carried_in(committed)", "전년도 사고이월", "Carried in as committed");
/// Of it, of continuing projects.
pub const CARRIED_IN_CONTINUING: Word =
    Word::new("carried_in(continuing)", "전년도 계속비이월", "Carried in as continuing");
/// The budget in force, under its statutory name.
pub const CURRENT_BUDGET: Word = Word::new("current_budget", "예산현액", "Current budget");
/// Budget released to be spent.
pub const ALLOTTED: Word = Word::new("allotted", "배정액", "Allotted");
/// Promised by the grantor, with conditions.
pub const PROMISED: Word = Word::new("promised", "교부결정액", "Grant decided");
/// What the grantor keeps for drawing.
pub const DEPOSITED: Word = Word::new("deposited", "예치액", "Deposited");
/// What was deposited and not drawn.
pub const UNDRAWN: Word = Word::new("undrawn", "미인출액", "Undrawn");
/// Cash received from the grantor.
pub const GRANTED: Word = Word::new("granted", "교부액", "Granted");
/// Current budget less what was granted.
pub const UNGRANTED: Word = Word::new("ungranted", "미교부액", "Ungranted");
/// The grantee's own share.
pub const OWN_FUNDS: Word = Word::new("own_funds", "자부담", "Own funds");
/// Contracts and acts that oblige to pay.
pub const COMMITTED: Word = Word::new("committed", "지출원인행위액", "Committed");
/// Cash paid, net of refunds.
pub const DISBURSED: Word = Word::new("disbursed", "집행액", "Disbursed");
/// Granted and own funds less disbursed (the grant basis).
pub const UNSPENT: Word = Word::new("unspent", "집행잔액", "Unspent");
/// Current budget less disbursed.
pub const BUDGET_LEFT: Word = Word::new("budget_left", "예산잔액", "Budget left");
/// The budget before what the grantor's own office spends of it.
pub const GROSS_BUDGET: Word = Word::new("gross_budget", "총예산", "Gross budget");
/// What the grantor's own office spends itself.
pub const GRANTOR_SPENT: Word = Word::new("grantor_spent", "교부기관 집행예산", "Spent by the grantor");
/// Budget carried into the next year.
pub const CARRIED_OUT: Word = Word::new("carried_out", "다음연도이월액", "Carried out");
/// Of it, by vote.
pub const CARRIED_OUT_VOTED: Word = Word::new("carried_out(voted)", "다음연도 명시이월", "Carried out by vote");
/// Of it, committed and unavoidable.
pub const CARRIED_OUT_COMMITTED: Word =
    Word::new("carried_out(committed)", "다음연도 사고이월", "Carried out as committed");
/// Of it, of continuing projects.
pub const CARRIED_OUT_CONTINUING: Word =
    Word::new("carried_out(continuing)", "다음연도 계속비이월", "Carried out as continuing");
/// Current budget less disbursed and carried out (the budget basis).
pub const LAPSED: Word = Word::new("lapsed", "불용액", "Lapsed");
/// Bank interest on grant money.
pub const INTEREST: Word = Word::new("interest", "발생이자", "Interest");
/// Money back after its year had closed.
pub const RECOVERED: Word = Word::new("recovered", "과년도여입", "Recovered");
/// Spending that the grantor does not accept.
pub const DISALLOWED: Word = Word::new("disallowed", "불인정액", "Disallowed");
/// Disbursed less disallowed.
pub const CONFIRMED: Word = Word::new("confirmed", "확정액", "Confirmed");
/// Cash sent back to the grantor.
pub const RETURNED: Word = Word::new("returned", "반납액", "Returned");
/// What is still to be sent back.
pub const RETURN_DUE: Word = Word::new("return_due", "반납예정액", "Return due");
/// Disbursed as a part of its basis.
pub const EXECUTION_RATE: Word = Word::new("execution_rate", "집행률", "Execution rate");
/// Disbursed as a part of what was granted.
pub const RATE_ON_GRANTED: Word =
    Word::new("execution_rate(granted)", "집행률(교부액 기준)", "Execution rate (on granted)");
/// Disbursed as a part of the current budget.
pub const RATE_ON_BUDGET: Word =
    Word::new("execution_rate(current_budget)", "집행률(예산현액 기준)", "Execution rate (on current budget)");
/// Lapsed as a part of the current budget.
pub const LAPSE_RATE: Word = Word::new("lapse_rate", "불용률(예산현액 기준)", "Lapse rate (on current budget)");

// Reports.

/// What was granted, spent and is left of a year.
pub const SETTLEMENT: Word = Word::new("settlement", "정산", "settlement");

/// What is still to be sent back, step by step.
pub const RETURN: Word = Word::new("return", "반납 정산", "return statement");
/// What is planned.
pub const PLAN: Word = Word::new("plan", "사업계획", "plan");
/// Plan against execution.
pub const DIFF: Word = Word::new("diff", "계획 대비 집행", "plan against execution");

// Columns of other reports.

/// A planned project, by its key.
pub const ITEM: Word = Word::new("item", "번호", "No.");
/// A heading of the plan, by its key.
pub const TASK: Word = Word::new("task", "과제", "Task");
/// An undertaking across years, by its key.
pub const PROGRAM: Word = Word::new("program", "프로그램", "Programme");
/// A funder, by its key.
pub const FUND: Word = Word::new("fund", "재원", "Fund");
/// What something is called.
pub const TITLE: Word = Word::new("title", "사업", "Project");
/// What an item is planned to cost.
pub const PLANNED_COST: Word = Word::new("planned_cost", "소요예산", "Planned cost");
/// What others pay for it; in no sum.
pub const EXTERNAL_COST: Word = Word::new("external_cost", "외부재원", "Externally funded");
/// Whose money pays for it.
pub const FUNDING: Word = Word::new("funding", "재원구분", "Funding");
/// From when until when.
pub const PERIOD: Word = Word::new("period", "기간", "Period");
/// Where.
pub const PLACE: Word = Word::new("place", "장소", "Place");
/// What a report says that something cost.
pub const REPORTED_COST: Word = Word::new("reported_cost", "실적 소요액", "Reported cost");
/// Plan less execution.
pub const DIFFERENCE: Word = Word::new("difference", "차이", "Difference");
/// Disbursed, or else reported, as a part of what was planned.
pub const RATE_ON_PLAN: Word =
    Word::new("execution_rate(planned_cost)", "집행률(소요예산 기준)", "Execution rate (on planned cost)");
/// The same of a budget that lines name.
pub const RATE_ON_FUND: Word = RATE_ON_BUDGET;
/// Where a row's figures come from.
pub const SOURCE: Word = Word::new("source", "근거", "Source");
/// What is to be paid, after rounding.
pub const PAYABLE: Word = Word::new("payable", "반납할 금액", "To be returned");
/// How something is worked out.
pub const FORMULA: Word = Word::new("formula", "산식", "Worked out as");
/// What something rests on.
pub const CLAUSE: Word = Word::new("clause", "근거", "Basis");
/// A part of the whole, as declared.
pub const SHARE: Word = Word::new("share", "분담", "Share");
/// How far along a year is.
pub const STATUS: Word = Word::new("status", "집행 현황", "status");
/// A month or a quarter.
pub const PERIOD_KEY: Word = Word::new("period", "시기", "Period");
/// Disbursed from the beginning of the year.
pub const CUMULATIVE: Word = Word::new("disbursed(cumulative)", "집행 누계", "Disbursed so far");
/// What may still be spent.
pub const REMAINING: Word = Word::new("remaining", "남은 금액", "Remaining");
/// Granted from the beginning of the year.
pub const GRANTED_SO_FAR: Word = Word::new("granted(cumulative)", "교부 누계", "Granted so far");
/// Committed from the beginning of the year.
pub const COMMITTED_SO_FAR: Word = Word::new("committed(cumulative)", "원인행위 누계", "Committed so far");
/// What a figure rests on.
pub const TRAIL: Word = Word::new("explain", "근거", "explained");
/// A part of a figure, numbered as it rests on others.
pub const PART: Word = Word::new("part", "순번", "Part");
/// What an amount is called.
pub const NAME: Word = Word::new("name", "이름", "Name");
/// How an amount comes about.
pub const HOW: Word = Word::new("how", "어떻게", "How");
/// Where something is written: file and line.
pub const WHERE: Word = Word::new("place", "자리", "Place");
/// When.
pub const DATE: Word = Word::new("date", "일자", "Date");
/// What a line does.
pub const KIND: Word = Word::new("kind", "구분", "Kind");
/// A voucher or document number.
pub const REF: Word = Word::new("ref", "증빙번호", "Voucher");
/// The planned project that a line names.
pub const PLANNED_ITEM: Word = Word::new("item", "사업", "Item");
/// What a line is for.
pub const MEMO: Word = Word::new("memo", "적요", "Memo");
/// A term of a settlement, where rows are of several.
pub const FIGURE: Word = Word::new("figure", "값", "Figure");
/// Whether a line came, went or is another.
pub const WHAT_HAPPENED: Word = Word::new("what", "변동", "What");
/// Which fields of a line are others.
pub const FIELDS: Word = Word::new("fields", "바뀐 칸", "Fields");
/// An amount as its file writes it.
pub const WRITTEN: Word = Word::new("written", "적힌 금액", "As written");
/// The unit that it is written in.
pub const UNIT: Word = Word::new("unit", "단위", "Unit");
/// What a line adds to a figure or takes from it.
pub const EFFECT: Word = Word::new("effect", "더한 금액", "Effect");
/// Of the first of two.
pub const EARLIER: Word = Word::new("earlier", "전", "Before");
/// Of the second of two.
pub const LATER: Word = Word::new("later", "후", "After");
/// Where the figure of the first comes from.
pub const EARLIER_SOURCE: Word = Word::new("earlier_source", "전 근거", "Source before");
/// Where the figure of the second comes from.
pub const LATER_SOURCE: Word = Word::new("later_source", "후 근거", "Source after");
/// The second less the first.
pub const CHANGE: Word = Word::new("change", "증감", "Change");
/// The change as a part of the first.
pub const CHANGE_RATE: Word = Word::new("change_rate(earlier)", "증감률", "Change in per cent");
/// What else there is to say of a row.
pub const REMARK: Word = Word::new("remark", "비고", "Remark");
/// An amount.
pub const AMOUNT: Word = Word::new("amount", "금액", "Amount");
/// A part of the budget.
pub const SHARE_OF_BUDGET: Word =
    Word::new("share(current_budget)", "비율(예산현액 기준)", "Share (of current budget)");
/// What the budget leaves to no item.
pub const UNITEMISED: Word = Word::new("unitemised", "사업으로 나누지 않은 예산", "Unitemised");
/// One of the lines of a short table.
pub const ENTRY: Word = Word::new("entry", "구분", "Entry");

// Units, as they are printed.

/// One won.
pub const WON: Word = Word::new("won", "원", "won");
/// A thousand won.
pub const THOUSAND_WON: Word = Word::new("thousand_won", "천원", "thousand won");
/// A million won.
pub const MILLION_WON: Word = Word::new("million_won", "백만원", "million won");
/// A hundred million won.
pub const HUNDRED_MILLION_WON: Word = Word::new("hundred_million_won", "억원", "hundred million won");
/// A billion won.
pub const BILLION_WON: Word = Word::new("billion_won", "십억원", "billion won");
/// A trillion won.
pub const TRILLION_WON: Word = Word::new("trillion_won", "조원", "trillion won");

// Findings.

/// An error-level finding.
pub const ERROR: Word = Word::new("error", "오류", "error");
/// A warning.
pub const WARNING: Word = Word::new("warning", "주의", "warning");
/// An information.
pub const INFO: Word = Word::new("info", "참고", "info");
/// A finding that is known and explained.
pub const ACCEPTED: Word = Word::new("accepted", "수용", "accepted");

// Families of rules.

/// Rules of reading.
pub const FAMILY_READING: Word = Word::new("reading", "읽기", "reading");
/// Rules of the chart and the plan.
pub const FAMILY_PLAN: Word = Word::new("plan-and-chart", "과목·계획", "plan and chart");
/// Rules of single lines.
pub const FAMILY_LINES: Word = Word::new("lines", "내역", "lines");
/// Rules of sums.
pub const FAMILY_SUMS: Word = Word::new("sums", "집계", "sums");
/// Rules of printed figures.
pub const FAMILY_PRINTED: Word = Word::new("printed-figures", "인쇄값", "printed figures");
/// Rules between years.
pub const FAMILY_YEARS: Word = Word::new("between-years", "연도 사이", "between years");
/// Rules of no family.
pub const FAMILY_OTHER: Word = Word::new("other", "기타", "other");

// What an audit says of printed figures.

/// The audit of printed figures.
pub const AUDIT: Word = Word::new("audit", "인쇄값 검증", "audit of printed figures");
/// No rule of rounding prints it so.
pub const UNEXPLAINED: Word = Word::new("unexplained", "설명 안 됨", "unexplained");
/// Printed in several places with different values.
pub const DIFFERS: Word = Word::new("differs", "서로 다름", "differs");
/// Something to be asked about.
pub const DOUBTFUL: Word = Word::new("doubtful", "확인 필요", "to be asked");
/// Rounding explains it.
pub const BY_ROUNDING: Word = Word::new("rounding", "반올림", "rounding");
/// A list of some of it.
pub const PARTIAL_LIST: Word = Word::new("partial", "일부 목록", "partial list");
/// It is not said which part is a row's.
pub const NOT_ATTRIBUTED: Word = Word::new("not_attributed", "줄에 안 나눔", "not attributed");
/// The ledger does not tell.
pub const UNTOLD: Word = Word::new("untold", "장부에 없음", "not told");
/// Right.
pub const RIGHT: Word = Word::new("right", "맞음", "right");
