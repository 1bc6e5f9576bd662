revision = "d98dd8ec85a3"
down_revision = "9c0a54914c78"


def upgrade() -> None: ...
