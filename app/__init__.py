"""The reference application: the database of a platform for publishing 3D content."""
