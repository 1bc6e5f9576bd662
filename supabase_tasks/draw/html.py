"""An HTML document that stands alone: nothing is loaded, and no script or style but its own runs."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from pathlib import Path

from supabase_tasks.draw.markup import line

_DOCUMENT = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="robots" content="noindex">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
<script>{script}</script>
</body>
</html>
"""


def document(title: str, body: str, *, asset: str, styles: Iterable[str] = (), images: str = "") -> str:
    """The page. `asset` names its style sheet and script in this package; `styles` are the texts of style sheets in the body;
    `images` is where pictures may come from, such as `data:` for those that the script makes."""
    style, script = (f"\n{text(f'{asset}.{ending}')}" for ending in ("css", "js"))
    policy = (
        f"default-src 'none'; style-src {_hashes([style, *styles])}; script-src {_hashes([script])}; "
        f"{f'img-src {images}; ' if images else ''}base-uri 'none'; form-action 'none'"
    )
    return _DOCUMENT.format(policy=policy, title=line(title), style=style, body=body, script=script)


def text(name: str) -> str:
    """A file of this package."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def _hashes(texts: Iterable[str]) -> str:
    return " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in texts)
