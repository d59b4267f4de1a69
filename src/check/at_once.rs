//! Several pieces of work at once: what is left to be done of lines when all were read.

use crate::read::MOST_WORKERS;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};

/// Does each of some pieces of work, as many at once as there are jobs, and gives what came of each in their order. Where one
/// panics, so does this.
pub(super) fn at_once<T: Send, R: Send>(jobs: NonZeroUsize, pieces: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let workers = jobs.get().min(pieces.len()).min(MOST_WORKERS);
    let queue = Mutex::new(pieces.into_iter().enumerate());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let all = || std::iter::from_fn(next).map(|(number, piece)| (number, work(piece))).collect::<Vec<_>>();
    let mut done = std::thread::scope(|scope| {
        let others: Vec<_> = (1..workers).map(|_| scope.spawn(all)).collect();
        let mut done = all();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, came)| came).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_of_each_stands_in_their_order() {
        for jobs in [1, 2, 7, usize::MAX] {
            let pieces: Vec<u64> = (0..100).collect();
            let came = at_once(NonZeroUsize::new(jobs).expect("some"), pieces, |piece| {
                std::thread::sleep(std::time::Duration::from_micros(piece * 7 % 50));
                piece * piece
            });
            assert_eq!(came, (0..100).map(|piece| piece * piece).collect::<Vec<_>>());
        }
        assert!(at_once(NonZeroUsize::MIN, Vec::<u8>::new(), |piece| piece).is_empty());
    }
}
