"""What people agreed to, and what they ask us to do with their data."""

from app.db.schema.consent.decisions import Consent
from app.db.schema.consent.documents import ConsentDocument, ConsentKind
from app.db.schema.consent.requests import DataRequest

__all__ = ["Consent", "ConsentDocument", "ConsentKind", "DataRequest"]
