"""Questions about the people who answer: asked after sending, stored apart, as counts that join to nobody."""
