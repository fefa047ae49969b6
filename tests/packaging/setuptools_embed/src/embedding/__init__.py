"""A package that carries the core inside of itself."""
