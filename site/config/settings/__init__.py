"""One module per place of use; `base` is safe for production and the others relax it."""
