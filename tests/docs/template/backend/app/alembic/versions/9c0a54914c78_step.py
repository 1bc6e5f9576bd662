revision = "9c0a54914c78"
down_revision = "1a31ce608336"


def upgrade() -> None: ...
