"""Trees that are the same everywhere: a seed decides names, sizes and contents."""
