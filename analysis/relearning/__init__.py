"""Learning themes again with what people coded: from what, how it is judged, kept, and taken back."""
