"""What several kinds of object share."""
