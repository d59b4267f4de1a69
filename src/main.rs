//! The door.

fn main() -> std::process::ExitCode {
    wego_ledger::cli::main()
}
