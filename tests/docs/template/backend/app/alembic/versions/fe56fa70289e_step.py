revision = "fe56fa70289e"
down_revision = "e2412789c190"


def upgrade() -> None: ...
