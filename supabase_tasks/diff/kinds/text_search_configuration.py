"""Text search configurations: which dictionaries look at which kinds of words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Key, SchemaItem
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import incompatible
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class TextSearchConfiguration(SchemaItem):
    """A configuration; `parser` is its parser's SQL name, `mappings` are alternating token types and dictionaries."""

    kind: ClassVar[str] = "text_search_configuration"
    parser: str
    mappings: tuple[str, ...]

    @property
    def label(self) -> str:
        return f"TEXT SEARCH CONFIGURATION {qualified(*self.identity)}"

    @property
    def dictionaries(self) -> dict[str, str]:
        """The dictionaries by token type."""
        return dict(zip(self.mappings[::2], self.mappings[1::2], strict=True))


class TextSearchConfigurationKind(Kind[TextSearchConfiguration]):
    item = TextSearchConfiguration
    named_in_code = True
    rank = 66
    section = 26
    noun = "text search configuration"
    rename_rounds = (RenameRound.PARTS,)
    found_in = "pg_ts_config WHERE oid >= 16384"
    query = f"""
        SELECT 3602::int8, c.oid::int8, 0, n.nspname AS schema, c.cfgname AS name,
            format('%I.%I', pn.nspname, p.prsname) AS parser,
            ARRAY(SELECT word FROM (
                SELECT k.alias, string_agg(format('%I.%I', dn.nspname, d.dictname), ', ' ORDER BY m.mapseqno) AS listed
                FROM pg_catalog.pg_ts_config_map m JOIN pg_catalog.ts_token_type(c.cfgparser) k ON k.tokid = m.maptokentype
                    JOIN pg_catalog.pg_ts_dict d ON d.oid = m.mapdict
                    JOIN pg_catalog.pg_namespace dn ON dn.oid = d.dictnamespace
                WHERE m.mapcfg = c.oid GROUP BY k.alias ORDER BY k.alias
            ) AS mapped, unnest(ARRAY[mapped.alias, mapped.listed]) AS word) AS mappings
        FROM pg_catalog.pg_ts_config c JOIN pg_catalog.pg_namespace n ON n.oid = c.cfgnamespace
            JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser
            JOIN pg_catalog.pg_namespace pn ON pn.oid = p.prsnamespace
        WHERE c.oid >= 16384 AND {user_schema()} AND {not_member("pg_ts_config", "c.oid")}
    """

    def needs(self, item: TextSearchConfiguration) -> list[Key]:
        return [("schema", (item.schema,))]

    def create(self, new: TextSearchConfiguration, context: Context) -> Operations:
        made = op.CreateObject(self.name, new.identity, f"CREATE {new.label} (PARSER = {new.parser})")
        return [made, *self._map(new, "ADD", new.dictionaries)]

    def _map(self, item: TextSearchConfiguration, verb: str, wanted: dict[str, str]) -> list[MigrateOperation]:
        """One statement for all token types with the same dictionaries."""
        tokens: dict[str, list[str]] = {}
        for token, dictionaries in wanted.items():
            tokens.setdefault(dictionaries, []).append(ident(token))
        return [
            op.AlterObject(
                self.name,
                item.identity,
                f"ALTER {item.label} {verb} MAPPING FOR {', '.join(names)} WITH {dictionaries}",
            )
            for dictionaries, names in tokens.items()
        ]

    def drop(self, old: TextSearchConfiguration, context: Context) -> Operations:
        label = old.label
        hazards = [] if old.key in context.desired.items else [incompatible(label, f"code that uses {label} breaks")]
        return [op.DropObject(self.name, old.identity, f"DROP {label}", hazards=hazards)]

    def replaces(self, old: TextSearchConfiguration, new: TextSearchConfiguration, context: Context) -> bool:
        return old.parser != new.parser

    def alter(self, old: TextSearchConfiguration, new: TextSearchConfiguration, context: Context) -> Operations:
        before, after = old.dictionaries, new.dictionaries
        gone = [ident(token) for token in before if token not in after]
        dropped = f"ALTER {new.label} DROP MAPPING FOR {', '.join(gone)}"
        found: list[MigrateOperation] = [op.AlterObject(self.name, new.identity, dropped)] if gone else []
        found += self._map(new, "ADD", {token: text for token, text in after.items() if token not in before})
        changed = {token: text for token, text in after.items() if before.get(token, text) != text}
        found += self._map(new, "ALTER", changed)
        message = f"what was indexed with {new.label} stays as it is until it is indexed anew"
        return [op.with_hazards(one, [incompatible(new.label, message)]) for one in found]

    def rename(self, old: TextSearchConfiguration, new: TextSearchConfiguration, context: Context) -> Operations:
        return op.rename_in_schema("TEXT SEARCH CONFIGURATION", self.name, old.identity, new.identity)


KIND = TextSearchConfigurationKind()
