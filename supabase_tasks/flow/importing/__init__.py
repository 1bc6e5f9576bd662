"""`schema-import`: a database or a migrations folder as SQLModel modules and plain SQL, proven to give the same schema."""
