"""Training of the small network that says how much a sentence reads like an undertaking or an open question."""
