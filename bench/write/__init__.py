"""Writers: the same schema as a project of each tool."""
