revision = "1a31ce608336"
down_revision = None


def upgrade() -> None: ...
