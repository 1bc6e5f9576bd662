revision = "e2412789c190"
down_revision = "d98dd8ec85a3"


def upgrade() -> None: ...
