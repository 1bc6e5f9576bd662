"""People beyond what `auth.users` holds, and the keys by which programs act for an organisation."""

from app.db.schema.auth.api_keys import ApiKey, ApiScope
from app.db.schema.auth.profiles import Preferences, Profile, create_profile

__all__ = ["ApiKey", "ApiScope", "Preferences", "Profile", "create_profile"]
