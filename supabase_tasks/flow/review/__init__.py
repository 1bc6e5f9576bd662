"""A change for its reviewers: what it does to the schema, its hazards, where it comes from."""
