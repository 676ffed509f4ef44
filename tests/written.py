"""What somebody typed, and the words of the report about it: the whole way without a vault."""

from disclosures import Diary, disclose

from app.kinds import KINDS, Kind, Record, parse_assignments
from app.report.content import Block, Table
from app.report.report import compose
from vault.chain import EntryId


def typed(kind: Kind, *fields: str) -> dict[str, object]:
    """What a command line or a form makes of `field=value`."""
    return parse_assignments(KINDS[kind], [tuple(field.split("=", 1)) for field in fields])


def write(diary: Diary, kind: Kind, *fields: str) -> EntryId:
    return diary.add(kind, **typed(kind, *fields))


def texts_of(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple | list):
        return [text for item in value for text in texts_of(item)]
    if hasattr(value, "__dataclass_fields__"):
        return [text for name in value.__dataclass_fields__ for text in texts_of(getattr(value, name))]
    return []


def words_of(block: Block) -> str:
    shown = Table(block.columns, tuple(block.rows)) if isinstance(block, Table) else block
    return " ".join(texts_of(shown))


def report(diary: Diary) -> dict[str, str]:
    """The words of each section of the report."""
    sections = compose(disclose(diary)).sections()
    return {section.title: " ".join(map(words_of, section.blocks)) for section in sections}


def told(kind: Kind, section: str, *fields: str) -> str:
    """What the report says of one thing that was typed."""
    diary = Diary()
    write(diary, kind, *fields)
    return report(diary)[section]


def incident(*fields: str) -> str:
    return told(Kind.INCIDENT, "Incidents", *fields)


def payment(*fields: str) -> str:
    return told(Kind.PAYMENT, "Demands and payments", *fields)


def account(*fields: str) -> str:
    return told(Kind.ACCOUNT, "Who to look for", *fields)


def asked(kind: type[Record], deciding: str) -> set[str]:
    """The questions that somebody gets for one answer to the first."""
    return {spec.name for spec in kind.specs() if spec.is_asked(deciding)}


def in_order(words: str, *parts: str) -> bool:
    places = [words.index(part) for part in parts]
    return places == sorted(places)


def sheet(*fields: str) -> str:
    diary = Diary()
    diary.exhibit(**typed(Kind.EXHIBIT, *fields))
    return report(diary)["Exhibit AB/1"]
