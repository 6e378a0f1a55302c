#!/usr/bin/env python3
"""Plays past tickets through the ticket loop as a stream and recounts what kb report says, independently.

Each step of time: what was written until then is taken in (kb ticket intake), kb runs (kb ticket run), time passes
(kb ticket tick); the replies of the real agents are the outcomes. At the end:
- every ticket is a case with an owner, every message is there once;
- every handoff told the customer and a person;
- every packet is valid against schemas/handoff-packet.schema.json, its hash is what Python computes;
- the numbers of kb report equal a recount from the export and the journal;
- kb journal verify holds.

    scripts/reference/ticket_stream.py DATA --tickets 1000 --step 6      (DATA has articles/ and tickets.jsonl)

Needs Python's jsonschema; --clients also slack_sdk and adflux.
"""
import argparse
import collections
import datetime
import hashlib
import json
import math
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent.parent


def parse(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def stamp(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class Desk:
    def __init__(self, kb, folder):
        self.kb, self.folder = kb, folder
        self.environment = {**os.environ, "KB_DIR": str(folder / ".kb")}
        self.seconds = collections.Counter()

    def lines(self, *arguments):
        """JSON Lines of a command, one at a time: an outbox of a year is too much for memory."""
        with subprocess.Popen([self.kb, *arguments], stdout=subprocess.PIPE, text=True, cwd=self.folder,
                              env=self.environment) as process:
            yield from map(json.loads, process.stdout)
        if process.returncode:
            sys.exit(f"kb {' '.join(arguments)} gave {process.returncode}")

    def __call__(self, *arguments, text=None, codes=(0,)):
        started = time.monotonic()
        done = subprocess.run(
            [self.kb, *arguments], input=text, capture_output=True, text=True, cwd=self.folder, env=self.environment)
        self.seconds[" ".join(arguments[:2])] += time.monotonic() - started
        if done.returncode not in codes:
            sys.exit(f"kb {' '.join(arguments)} gave {done.returncode}: {done.stderr[-2000:]}")
        return done.stdout


def play(desk, tickets, step, minutes):
    """Feeds the tickets step by step; returns the time, the number of steps, and the tickets that were taken in."""
    events = []
    for place, ticket in enumerate(tickets):
        events.append((parse(ticket["created_at"]), place))
        events += [(parse(comment["created_at"]), place) for comment in ticket["comments"]]
    events.sort()
    now, at, steps, started = events[0][0] // 3600 * 3600, 0, 0, time.monotonic()
    # Three weeks after the last word everything has ended that ends by itself.
    last = events[-1][0] + 21 * 86400
    fed = set()
    while now < last:
        if minutes and at < len(events) and time.monotonic() - started > minutes * 60:
            # What was taken in goes on for three weeks, as at the true end.
            at, last = len(events), now + 21 * 86400
        now += step * 3600
        touched = set()
        while at < len(events) and events[at][0] <= now:
            touched.add(events[at][1])
            at += 1
        moment = stamp(now)
        fed |= touched
        if touched:
            lines = []
            for place in sorted(touched):
                ticket = dict(tickets[place])
                ticket["comments"] = [c for c in ticket["comments"] if parse(c["created_at"]) <= now]
                lines.append(json.dumps(ticket))
            desk("ticket", "intake", "-", "--now", moment, text="\n".join(lines), codes=(0, 2))
            desk("ticket", "run", "--all", "--jsonl", "--now", moment)
        if touched or now % 86400 < step * 3600:
            desk("ticket", "tick", "--now", moment)
            steps += 1
            if steps % 20 == 0:
                print(f"  {moment}: {at} of {len(events)} messages, {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    return now, steps, [ticket for place, ticket in enumerate(tickets) if place in fed]


def ends(tickets, step):
    """The moment at which `play` of all these tickets ends."""
    times = [parse(t["created_at"]) for t in tickets] + [parse(c["created_at"]) for t in tickets for c in t["comments"]]
    now, last = min(times) // 3600 * 3600, max(times) + 21 * 86400
    while now < last:
        now += step * 3600
    return now


def check_packets(desk, schema):
    """Every packet that went out is valid and has its hash: read past kb, from the database itself."""
    import jsonschema
    validator = jsonschema.Draft202012Validator(schema)
    db = sqlite3.connect(f"file:{desk.folder}/.kb/kb.sqlite?mode=ro", uri=True)
    count, bad, complete, cases = 0, [], [], []
    for key, body in db.execute("SELECT key, body FROM outbox WHERE kind IN ('tell_person', 'review') AND body <> '{}'"):
        packet = json.loads(body)
        count += 1
        error = next(validator.iter_errors(packet), None)
        bare = dict(packet, hash="")
        text = json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        if error or hashlib.sha256(text.encode()).hexdigest() != packet["hash"]:
            bad.append((key, error.message if error else "hash"))
        complete.append(packet["completeness"])
        cases.append(packet["case"]["id"])
    return count, bad, complete, list(dict.fromkeys(cases))


def check_clients(desk, cases):
    """What Slack's own client, and a client of Atlassian's document format with its JSON Schema, say of renderings."""
    import adflux
    import slack_sdk.models.blocks as slack
    bad = []
    for case in cases:
        message = json.loads(desk("ticket", "packet", case, "--format", "slack"))
        blocks = slack.Block.parse_all(message["blocks"])
        try:
            for block in blocks:
                block.validate_json()
        except Exception as error:
            bad.append((case, f"slack: {error}"))
        if not message["text"] or len(blocks) > 50 or len(blocks) != len(message["blocks"]):
            bad.append((case, f"slack: {len(blocks)} blocks of {len(message['blocks'])}"))
        fields = json.loads(desk("ticket", "packet", case, "--format", "jira"))["fields"]
        try:
            adflux.validate(json.dumps(fields["description"]), fmt="adf", options={"jira-strict": "true"})
        except Exception as error:
            bad.append((case, f"jira: {error}"))
        if len(fields["summary"]) > 255 or any(" " in label for label in fields["labels"]):
            bad.append((case, "jira: summary or labels"))
    return bad


def recount(tickets, journal):
    """What the report should say, from the export and the journal alone."""
    created = {ticket["id"]: parse(ticket["created_at"]) for ticket in tickets}
    cases = {}
    escalations = collections.defaultdict(set)
    handoffs, reopened, dismissed = [], set(), set()
    for entry in journal:
        payload = json.loads(entry["payload"])
        if "case" not in payload:
            continue  # A burst, which is of several.
        case = cases.setdefault(payload["case"], {"state": "new", "owner": "kb", "first": None, "witness": None, "end": None})
        if entry["kind"] in ("opened", "linked", "verified"):
            continue
        if entry["kind"] == "handoff":
            handoffs.append(payload)
            if payload["event"] == "handed_over":
                escalations[payload["reason"]].add(payload["case"])
            elif payload["event"] == "rejected":
                escalations["rejected"].add(payload["case"])
            continue
        if entry["kind"] == "reopened":
            reopened.add(payload["case"])
            case["witness"] = case["end"] = None
            continue
        if entry["kind"] not in ("incident", "promise_broken"):
            case["state"], case["owner"] = payload["to"], payload["owner"]
            if entry["kind"] == "dismissed":
                dismissed.add(payload["case"])
            speaks = ("answered", "asked", "approved", "person_replied", "person_answered", "person_asked")
            if entry["kind"] in speaks and case["first"] is None:
                case["first"] = parse(entry["at"])
            # Whose word was only that they are at it has helped all the same, if the customer says so.
            if entry["kind"] == "person_took":
                case["took"] = parse(entry["at"])
            if entry["kind"] == "customer_confirmed" and case["first"] is None:
                case["first"] = case.get("took")
            if payload["to"] == "resolved_confirmed" and payload["from"] != "resolved_confirmed":
                case["witness"], case["end"] = payload["witness"], parse(entry["at"])
    confirmed = {k: c for k, c in cases.items() if c["state"] in ("resolved_confirmed", "closed") and c["witness"]}

    def times(pairs):
        hours = sorted(hours for hours in pairs)
        pick = lambda q: hours[max(1, math.ceil(q * len(hours))) - 1] if hours else None
        return len(hours), pick(.5), pick(.9)

    return {
        "cases": set(cases), "owners": {k: c["owner"] for k, c in cases.items()},
        "by_state": {s: {k for k, c in cases.items() if c["state"] == s} for s in {c["state"] for c in cases.values()}},
        "confirmed": set(confirmed), "escalations": dict(escalations), "handoffs": handoffs, "reopened": reopened,
        "dismissed": dismissed, "abandoned": {k for k, c in cases.items() if c["state"] == "abandoned"},
        "first_response": times((c["first"] - created[k]) / 3600 for k, c in cases.items() if c["first"]),
        "resolution": times((c["end"] - created[k]) / 3600 for k, c in confirmed.items())}


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("data", type=pathlib.Path)
    arguments.add_argument("--kb", default=str(REPOSITORY / ".build/release/kb"))
    arguments.add_argument("--tickets", type=int, default=None, help="only the first so many by time")
    arguments.add_argument("--step", type=int, default=6, help="hours")
    arguments.add_argument("--minutes", type=float, help="take in no more after so long")
    arguments.add_argument("--clients", type=int, default=0, help="renderings to hold against slack_sdk and adflux")
    arguments.add_argument("--recount", action="store_true", help="what was played into the kept folder is only recounted")
    arguments.add_argument("--keep", type=pathlib.Path, help="the folder to work in, kept")
    given = arguments.parse_args()
    tickets = [json.loads(line) for line in open(given.data / "tickets.jsonl") if line.strip()]
    tickets.sort(key=lambda ticket: (ticket["created_at"], ticket["id"]))
    tickets = tickets[:given.tickets]
    schema = json.loads((REPOSITORY / "schemas/handoff-packet.schema.json").read_text())
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or pathlib.Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        desk = Desk(str(pathlib.Path(given.kb).resolve()), folder)
        started = time.monotonic()
        if given.recount:
            now, steps = ends(tickets, given.step), 0
        else:
            desk("ingest", str(given.data.resolve() / "articles"))
            now, steps, tickets = play(desk, tickets, given.step, given.minutes)
        print(f"{len(tickets)} tickets in {steps} steps, {time.monotonic() - started:.0f} s")
        problems = []

        def same(what, said, counted):
            print(f"  {what:<28} {said if not isinstance(said, (set, dict)) else len(said)}"
                  + ("" if said == counted else f"  RECOUNT: {counted if not isinstance(counted, (set, dict)) else len(counted)}"))
            if said != counted:
                problems.append(what)

        report = json.loads(desk("report", "--json", "--now", stamp(now)))
        listed = list(desk.lines("ticket", "ls", "--jsonl"))
        outbox, twice = {}, 0
        for row in desk.lines("outbox", "--jsonl"):
            twice += row["key"] in outbox
            outbox[row["key"]] = row["recipient"]
        counted = recount(tickets, desk.lines("journal", "--jsonl"))
        same("effects twice", twice, 0)
        same("cases", set(report["cases"]["cases"]), {ticket["id"] for ticket in tickets})
        same("cases in the journal", counted["cases"], {ticket["id"] for ticket in tickets})
        same("owners", {item["id"]: item["owner"] for item in listed}, counted["owners"])
        same("without an owner", sum(not item["owner"] for item in listed), 0)
        for state in sorted(set(report["by_state"]) | set(counted["by_state"])):
            same("  " + state, set(report["by_state"].get(state, {"cases": []})["cases"]), counted["by_state"].get(state, set()))
        same("confirmed", set(report["confirmed"]["cases"]), counted["confirmed"])
        same("escalated", set(report["escalated"]["cases"]), set().union(*counted["escalations"].values()))
        for trigger in sorted(set(report["escalations"]) | set(counted["escalations"])):
            same("  " + trigger, set(report["escalations"].get(trigger, {"cases": []})["cases"]), counted["escalations"].get(trigger, set()))
        for what in ("reopened", "abandoned", "dismissed"):
            same(what, set(report[what]["cases"]), counted[what])
        for what in ("first_response", "resolution"):
            said, (n, half, most) = report[what], counted[what]
            same(what, (said["n"], round(said["median_hours"] or 0, 3), round(said["p90_hours"] or 0, 3)),
                 (n, round(half or 0, 3), round(most or 0, 3)))
        untold = [h for h in counted["handoffs"]
                  if {"customer", "person"} - {("customer" if outbox[k] == "customer" else "person") for k in h["outbox"]}]
        same("handoffs", len(counted["handoffs"]), len(counted["handoffs"]))
        same("  not told to both", len(untold), 0)
        count, bad, complete, handed = check_packets(desk, schema)
        print(f"  packets {count}, completeness {min(complete, default=0):.2f} to {max(complete, default=0):.2f}")
        same("  invalid packets", len(bad), 0)
        for key, why in bad[:5]:
            print(f"    {key}: {why}")
        if given.clients:
            sample = handed[::max(1, len(handed) // given.clients)][:given.clients]
            bad = check_clients(desk, sample)
            same(f"  refused by clients, of {len(sample)}", len(bad), 0)
            for case, why in bad[:5]:
                print(f"    {case}: {why}")
        verdict = json.loads(desk("journal", "verify", "--json"))
        same("journal whole", verdict["whole"], True)
        print(f"  journal entries {verdict['entries']}, outbox rows {len(outbox)}")
        print("  seconds: " + ", ".join(f"{k} {v:.0f}" for k, v in desk.seconds.most_common(6)))
        sys.exit(f"{len(problems)} differ: {', '.join(problems)}" if problems else 0)


if __name__ == "__main__":
    main()
