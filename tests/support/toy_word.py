"""A word that the schema language does not have, as a contributor would add it: one module, nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from supabase_tasks.models.declaration import Identity
from supabase_tasks.models.dialect import qualified
from supabase_tasks.models.language.base import MetadataDeclared
from supabase_tasks.models.language.words import Ahead, Phase, Word, qualified_name


@dataclass(frozen=True, eq=False)
class Dictionary(MetadataDeclared):
    """CREATE TEXT SEARCH DICTIONARY; `template` is the qualified name of its template."""

    name: str
    schema: str = "public"
    template: str = "pg_catalog.simple"

    @property
    def kind(self) -> str:
        return "text_search_dictionary"

    @property
    def identity(self) -> Identity:
        return (self.schema, self.name)

    @property
    def on_clause(self) -> str:
        return f"text search dictionary {qualified(*self.identity)}"

    def statements(self) -> list[str]:
        return [f"create text search dictionary {qualified(*self.identity)} (template = {self.template})"]


# A word's module calls `register_word(WORD)`; this one is registered by the test, and only for it.
WORD = Word(
    "text_search_dictionary",
    Phase.RANGE,
    space="text_search_dictionary",
    own_schema=True,
    implies_schema=True,
    ahead=Ahead.RUN,
    named=True,
    privileges=("usage",),
    sql={"define_stmt": lambda s: qualified_name(s.defnames) if s.kind == _DICTIONARY else None},
)
# libpg_query's ObjectType: OBJECT_TSDICTIONARY.
_DICTIONARY = 47
