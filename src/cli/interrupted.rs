//! Interruptions that wait: one that comes while a file is written takes effect when the file is whole.
//!
//! # Why
//!
//! **A file that was begun has a name.** Written beside its place and moved there, a file is whole or not there; but what a
//! program that is killed was writing beside it stays. What takes moments is finished first.

#[cfg(unix)]
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

/// Does some short work, and only then what was asked for meanwhile: Ctrl-C, or to end.
pub(super) fn held_back<T>(work: impl FnOnce() -> T) -> T {
    #[cfg(unix)]
    let asked = [SIGINT, SIGTERM, SIGHUP].map(Asked::of);
    let done = work();
    #[cfg(unix)]
    asked.into_iter().flatten().for_each(Asked::obey);
    done
}

/// A signal that is held back.
#[cfg(unix)]
struct Asked {
    signal: i32,
    came: std::sync::Arc<std::sync::atomic::AtomicBool>,
    held: signal_hook::SigId,
}

#[cfg(unix)]
impl Asked {
    /// Where it cannot be held back it works as ever.
    fn of(signal: i32) -> Option<Asked> {
        let came = std::sync::Arc::default();
        let held = signal_hook::flag::register(signal, std::sync::Arc::clone(&came)).ok()?;
        Some(Asked { signal, came, held })
    }

    /// Ends the program as the signal does, if it came; else lets it work as ever.
    fn obey(self) {
        if self.came.load(std::sync::atomic::Ordering::Relaxed) {
            // It fails for signals that end nothing, which these are not.
            let _ = signal_hook::low_level::emulate_default_handler(self.signal);
        }
        signal_hook::low_level::unregister(self.held);
        // What comes from now on ends the program at once.
        let _ = signal_hook::flag::register_conditional_default(self.signal, always());
    }
}

#[cfg(unix)]
fn always() -> std::sync::Arc<std::sync::atomic::AtomicBool> {
    std::sync::Arc::new(true.into())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::Command;

    /// The test runs itself again, as a program that is asked to end while it writes, or just after.
    #[test]
    fn what_is_written_is_finished_before_the_program_ends() {
        if let Some(file) = std::env::var_os("WEGO_LEDGER_TEST_INTERRUPTED") {
            let raise = || signal_hook::low_level::raise(SIGINT).expect("it can be raised");
            let after = file.to_string_lossy().ends_with("after");
            held_back(|| {
                if !after {
                    raise();
                }
                std::fs::write(&file, "whole").expect("it can be written");
            });
            raise();
            unreachable!("it has ended");
        }
        let folder = std::env::temp_dir();
        for name in ["while", "after"] {
            let file = folder.join(format!("wego-ledger-{}-{name}", std::process::id()));
            let own = std::env::current_exe().expect("it runs");
            let mut again = Command::new(own);
            again.args(["--exact", "cli::interrupted::tests::what_is_written_is_finished_before_the_program_ends"]);
            let ended = again.env("WEGO_LEDGER_TEST_INTERRUPTED", &file).output().expect("it runs");
            assert_eq!(ended.status.signal(), Some(SIGINT), "{name}: {ended:?}");
            assert_eq!(std::fs::read_to_string(&file).expect("it is there"), "whole", "{name}");
            std::fs::remove_file(&file).expect("it is ours");
        }
    }
}
