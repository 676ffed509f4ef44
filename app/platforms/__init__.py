"""Where accounts are: what their names and ids are called, how to find them, and what a link says unopened."""

from app.platforms.links import links_in, recognise
from app.platforms.page import page_of
from app.platforms.prompt import Prompt, missing_id_prompt
from app.platforms.recognised import Caution, Found, Recognised, TimeInside, What
from app.platforms.registry import CanChange, Name, PlatformEntry, Registry, Statement, Told, Way, entry, registry

__all__ = [
    "CanChange",
    "Caution",
    "Found",
    "Name",
    "PlatformEntry",
    "Prompt",
    "Recognised",
    "Registry",
    "Statement",
    "TimeInside",
    "Told",
    "Way",
    "What",
    "entry",
    "links_in",
    "missing_id_prompt",
    "page_of",
    "recognise",
    "registry",
]
