//! Many paths in one buffer.

/// Paths in one buffer, in the order in which they were added.
#[derive(Debug, Default)]
pub(crate) struct PackedPaths {
    bytes: Vec<u8>,
    /// Where each path ends; it starts where the one before ends.
    ends: Vec<usize>,
}

impl PackedPaths {
    pub(crate) fn with_capacity(paths: usize, bytes: usize) -> Self {
        Self { bytes: Vec::with_capacity(bytes), ends: Vec::with_capacity(paths) }
    }

    /// Appends `prefix` and `name` as one path.
    pub(crate) fn push(&mut self, prefix: &[u8], name: &[u8]) {
        self.bytes.extend_from_slice(prefix);
        self.bytes.extend_from_slice(name);
        self.ends.push(self.bytes.len());
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The length of all paths together.
    pub(crate) fn byte_len(&self) -> usize {
        self.bytes.len()
    }

    pub(crate) fn get(&self, index: usize) -> &[u8] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.bytes[start..self.ends[index]]
    }

    /// The first index whose path is not less than `path`, if the paths are sorted.
    pub(crate) fn lower_bound(&self, path: &[u8]) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.get(middle) < path {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}
