"""Things to look at: the schema as a diagram, a migration as a page for its review. Text in, text out."""
