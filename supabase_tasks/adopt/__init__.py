"""Taking a repository in: finding its models, proposing the files it lacks, never overwriting one."""
