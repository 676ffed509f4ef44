"""Commands that look at a whole case: timeline, gaps, summary."""

from collections.abc import Iterator

import click

from app.casefile import Casefile
from app.commands.arguments import Door, on_a_vault, vault_argument
from app.commands.showing import summary as summary_of
from app.commands.telling import say, say_json
from app.finding import PAGE
from app.gaps import gaps, with_subjects
from app.money import Total, plain_text
from app.plaintext import visible_sentence
from app.report.moments import local_time
from app.subjects import Subject
from app.summaries import by_account, by_platform, money, removals
from app.timeline import Event, read_timeline
from vault.chain import Kind, utc_text
from vault.timing import Line, Place


@click.command()
@vault_argument
@click.option("--newest-first", is_flag=True, help="What happened last comes first.")
@click.option("--ahead", is_flag=True, help="Instead, what is still to come: deadlines, and what you want to do.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most this many.")
@on_a_vault(records=False)
def timeline(door: Door, newest_first: bool, ahead: bool, limit: int | None, as_json: bool) -> None:
    """Show what happened in order of time. What has no date stands last.

    With --json, per event: id, ref, kind, what kind of time it is ("time"), "at" in UTC (null without a date), the time
    as it was written ("text", "until"), its "zone" and "precision", and a summary.
    """
    with door.opened() as casefile:
        line = Line.AHEAD if ahead else Line.PAST
        for event in _events(casefile, line, limit, newest_first=newest_first):
            if as_json:
                say_json(_event(event))
            else:
                say(_in_one_line(event))


@click.command("gaps")
@vault_argument
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most this many, the most urgent.")
@on_a_vault(records=False)
def gaps_command(door: Door, limit: int | None, as_json: bool) -> None:
    """Suggest what is still missing. Nothing of it has to be done.

    With --json, per suggestion: what is "missing", its words, and id, ref, kind and summary of what it is about.
    """
    with door.opened() as casefile:
        found = gaps(casefile)[:limit]
        if not found and not as_json:
            say("Nothing comes to mind that is missing.")
        for gap, subject in with_subjects(casefile, found):
            if as_json:
                say_json({"missing": gap.missing.value, "suggestion": gap.suggestion, **_about(subject)})
            else:
                say(f"{subject.ref or subject.id[:8]:<9} {gap.suggestion}  {summary_of(subject)}")


@click.command()
@vault_argument
@on_a_vault(records=False)
def summary(door: Door, as_json: bool) -> None:
    """Count what there is about each platform and each account, and sum up the money per currency.

    With --json, one object: "money" (per currency: sums by status, and how many amounts are no plain number),
    "platforms" and "accounts" (counts by kind; accounts with their money), and "removals": how many
    requests are about something still online, gone, or back again.
    """
    with door.opened() as casefile:
        sums, platforms, accounts = money(casefile), by_platform(casefile), by_account(casefile)
        asked = removals(casefile)
        if as_json:
            say_json(
                {
                    "money": [_total(total) for total in sums],
                    "removals": {"online": asked.online, "gone": asked.gone, "back": asked.back},
                    "platforms": [{"platform": each.platform, "counts": _counts(each.counts)} for each in platforms],
                    "accounts": [
                        {
                            **_about(each.account),
                            "counts": _counts(each.counts),
                            "money": [_total(total) for total in each.money],
                        }
                        for each in accounts
                    ],
                }
            )
            return
        for total in sums:
            say(f"Money in {_currency(total)}: {_sums(total)}")
        if asked.states:
            say(f"Requests for removal: {asked.online} still online, {asked.gone} gone, {asked.back} back again")
        for platform in platforms:
            say(f"On {visible_sentence(platform.platform)}: {_counted(platform.counts)}")
        for account in accounts:
            sums_of = "".join(f"; {_currency(total)} {_sums(total)}" for total in account.money)
            say(f"{account.account.id[:8]}  {summary_of(account.account)}: {_counted(account.counts)}{sums_of}")


def _events(casefile: Casefile, line: Line, limit: int | None, *, newest_first: bool) -> Iterator[Event]:
    after: Place | None = None
    left = limit
    while left is None or left > 0:
        page = read_timeline(
            casefile, PAGE if left is None else min(left, PAGE), after, line=line, newest_first=newest_first
        )
        yield from page.events
        if page.after is None:
            return
        after = page.after
        left = None if left is None else left - len(page.events)


def _event(event: Event) -> dict[str, object]:
    return {
        "at": utc_text(event.moment.at) if event.moment else None,
        "time": event.words,
        "text": event.text,
        "until": event.until,
        "zone": event.zone,
        "precision": event.precision.value if event.precision else None,
        **_about(event.subject),
    }


def _in_one_line(event: Event) -> str:
    if event.moment is not None and event.moment.exact:
        when = local_time(event.moment.at, event.zone, event.moment.precision)
    else:
        when = visible_sentence(event.text) or "no date"
    how = f", {event.precision.value}" if event.precision else ""
    until = f" until {visible_sentence(event.until)}" if event.until else ""
    subject = event.subject
    name = subject.ref or f"{subject.id[:8]} {subject.kind.value}"
    return f"{when}{until}  {event.words}{how}  {name}  {summary_of(subject)}"


def _about(subject: Subject) -> dict[str, object]:
    return {"id": subject.id, "ref": subject.ref, "kind": subject.kind.value, "summary": summary_of(subject)}


def _counts(counts: dict[Kind, int]) -> dict[str, int]:
    return {kind.value: count for kind, count in counts.items()}


def _counted(counts: dict[Kind, int]) -> str:
    return ", ".join(f"{count} {kind.value}" for kind, count in counts.items()) or "nothing names it"


def _total(total: Total) -> dict[str, object]:
    return {
        "currency": total.currency,
        "sums": {status.value if status else "not_said": plain_text(amount) for status, amount in total.sums.items()},
        "not_plain": total.not_plain,
    }


def _currency(total: Total) -> str:
    return visible_sentence(total.currency) or "(no currency)"


def _sums(total: Total) -> str:
    parts = [f"{status.value if status else 'not said'} {plain_text(amount)}" for status, amount in total.sums.items()]
    if total.not_plain:
        parts.append(f"{total.not_plain} not a plain number")
    return ", ".join(parts)
