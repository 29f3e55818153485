"""Makes this folder the package `tests`, whatever a library may have installed under that name."""
