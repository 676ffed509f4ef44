"""The names in the folder of a vault (FORMAT.md, section 4). Whatever else lies there, Holdfast did not write."""

SLOTS_FILE, SLOTS_COPY = "slots.json", "slots.bak.json"
DATABASE_FILE = "log.db"
HEAD_FILE = "head"
LOCK = "lock"
OBJECTS, ORPHANS = "objects", "orphans"
