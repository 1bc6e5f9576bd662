"""The schemas that the API serves: their tables get row level security, and lint looks at who can reach them."""

from __future__ import annotations

from collections.abc import Collection

from supabase_tasks import did_you_mean, supabase_config, toml_places
from supabase_tasks.errors import SettingsError
from supabase_tasks.platform_schemas import PLATFORM_SCHEMAS
from supabase_tasks.setting_values import SECTION
from supabase_tasks.settings import Settings

_SETTING = "exposed_schemas"


def names(settings: Settings) -> tuple[str, ...]:
    """Their names: the setting, else `[api] schemas` of config.toml (its default without one). Raises `SettingsError` for a
    bad config.toml."""
    if settings.exposed_schemas is not None:
        return settings.exposed_schemas
    if not settings.config_toml.is_file():
        return supabase_config.DEFAULT_API_SCHEMAS
    return supabase_config.load(settings).api_schemas


def may_be_missing(settings: Settings) -> bool:
    """Whether one of `names` is not there in every project."""
    return not {"public", *PLATFORM_SCHEMAS}.issuperset(names(settings))


def refuse_missing(settings: Settings, existing: Collection[str]) -> None:
    """Raises `SettingsError` for a schema of `names` that is none of the `existing` ones: the tables of the one that was
    meant would lose row level security.

    config.toml may name one that a target alone has (the dashboard makes `pgmq_public`): there only a misspelt one is refused.
    """
    said = names(settings)
    for name in said:
        if name in existing or name in PLATFORM_SCHEMAS:
            continue
        meant = did_you_mean.nearest(name, [one for one in existing if one not in (*said, *PLATFORM_SCHEMAS)])
        if meant or settings.exposed_schemas is not None:
            raise _missing(settings, name, meant)


def _missing(settings: Settings, name: str, meant: str | None) -> SettingsError:
    said = "neither the models nor the migrations have a schema of that name, so none of its tables gets row level security"
    if settings.exposed_schemas is not None:
        place, setting, file = settings.place(_SETTING), f"[{SECTION}] {_SETTING}", "pyproject.toml"
    else:
        place = f"{toml_places.of_key(settings.config_toml, 'api', 'schemas') or settings.config_toml}: "
        setting, file = "[api] schemas", settings.config_toml.name
    return SettingsError(
        f"{place}{setting} names the schema {name!r}, which does not exist",
        cause="\n".join([said, *([f"did you mean {meant!r}?"] if meant else [])]),
        next_step=f"correct {setting.rpartition(' ')[2]} in {file}"
        + ("" if meant else ", or declare the schema in the models"),
        data={"setting": _SETTING, "schema": name},
    )
