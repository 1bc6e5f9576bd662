from __future__ import annotations

import pytest
from support.diagrams import random_schema, shop

from supabase_tasks.draw.diagram import Column, Diagram, Entity
from supabase_tasks.draw.mermaid import MOST_CHARACTERS, MOST_REFERENCES, markdown, too_large

SCENES = """## scenes

- `public.scenes`: A \\<scene> & its rows

```mermaid
erDiagram
  "scenes" {
    bigint id PK
    varchar(80) title
    text[] tags "null"
    timestamptz made "null"
    uuid owner FK
    bigint parent FK "null"
  }
  "auth.users" ||--o{ "scenes" : "owner"
  "scenes" |o--o{ "scenes" : "parent"
```
"""


def test_each_group_has_a_picture_of_its_tables_and_what_they_refer_to() -> None:
    assert SCENES in markdown(shop(), "shop")


def test_a_name_of_other_letters_stands_behind_the_column() -> None:
    columns = (Column("名前", "text"), Column('order-"id"', "integer", nullable=False))
    document = markdown(Diagram((Entity("public.t", "public", columns),), ()), "x")
    assert 'text _ "名前, null"\n' in document
    assert "integer order_id_ \"order-'id'\"\n" in document


def test_the_overview_has_every_reference() -> None:
    overview = markdown(shop(), "shop").split("## Overview")[1].split("## config")[0]
    assert '"scenes" ||--o| "settings" : "scene"' in overview
    assert overview.count("--o") == 4


def blocks(document: str) -> list[str]:
    return [part.partition("```")[0] for part in document.split("```mermaid\n")[1:]]


@pytest.mark.parametrize("tables", [34, 200, 500])
def test_a_picture_that_mermaid_refuses_says_so_and_what_draws_it(tables: int) -> None:
    document = markdown(random_schema(tables, 1), "shop")
    sizes = [(len(text), text.count(" : ")) for text in blocks(document)]
    beyond = [size for size in sizes if size[0] > MOST_CHARACTERS or size[1] > MOST_REFERENCES]
    assert bool(beyond) == (tables == 500)
    assert len(too_large(document)) == document.count("inv schema-diagram --output docs/schema.svg") == len(beyond)
    if beyond:
        assert too_large(document) == (f"Overview has {beyond[0][0]:,} characters and {beyond[0][1]} references",)
        assert document.index("> This picture has") < document.index("```mermaid")
