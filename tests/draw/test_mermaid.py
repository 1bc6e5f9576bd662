from __future__ import annotations

from support.diagrams import shop

from supabase_tasks.draw.mermaid import markdown

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


def test_the_overview_has_every_reference() -> None:
    overview = markdown(shop(), "shop").split("## Overview")[1].split("## config")[0]
    assert '"scenes" ||--o| "settings" : "scene"' in overview
    assert overview.count("--o") == 4
