//! What hardly anything has.
//!
//! A plan of thousands of items is held whole, and most of them say little: what an item does not say takes a word of it,
//! not the room that it would take if it were said (of items with a title only, half).

use std::ops::Deref;

/// What may say nothing.
pub trait Nothing: Sized + 'static {
    /// How it says nothing.
    const NOTHING: &'static Self;

    /// Whether it says nothing.
    fn is_nothing(&self) -> bool;
}

impl<T: 'static> Nothing for Option<T> {
    const NOTHING: &'static Option<T> = &None;

    fn is_nothing(&self) -> bool {
        self.is_none()
    }
}

impl<T: 'static> Nothing for Vec<T> {
    const NOTHING: &'static Vec<T> = &Vec::new();

    fn is_nothing(&self) -> bool {
        self.is_empty()
    }
}

/// Something that mostly says nothing, read as if it were there.
#[derive(Clone, Debug)]
pub struct Rare<T>(Option<Box<T>>);

impl<T> Default for Rare<T> {
    fn default() -> Rare<T> {
        Rare(None)
    }
}

impl<T: Nothing> From<T> for Rare<T> {
    fn from(said: T) -> Rare<T> {
        Rare((!said.is_nothing()).then(|| Box::new(said)))
    }
}

impl<T: 'static> FromIterator<T> for Rare<Vec<T>> {
    fn from_iter<I: IntoIterator<Item = T>>(all: I) -> Rare<Vec<T>> {
        Rare::from(Vec::from_iter(all))
    }
}

impl<T: Nothing> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or(T::NOTHING)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_nothing_takes_a_word_and_reads_the_same() {
        assert_eq!(size_of::<Rare<Option<[u64; 9]>>>(), size_of::<usize>());
        let (none, some) = (Rare::from(None), Rare::from(Some(5)));
        assert_eq!((*none, *some), (None::<i32>, Some(5)));
        assert!(none.0.is_none() && some.0.is_some());
        let (empty, full) = (Rare::from(Vec::<i32>::new()), Rare::from(vec![1, 2]));
        assert_eq!((empty.as_slice(), full.as_slice()), (&[][..], &[1, 2][..]));
        assert!(empty.0.is_none() && full.0.is_some());
    }
}
