"""The linter for migrations: squawk for locks and safety, our own rules for what it cannot know."""
