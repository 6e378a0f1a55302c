#!/usr/bin/env python3
"""Recomputes the numbers of `kb replay --json` from the raw tickets and from `kb query --batch`, and compares them.

Shares no code with kb: links are found by its own regular expressions, articles by their front matter, the intervals by
its own binomial sums. The knowledge base is only asked questions (--no-log).

The base must hold no reviews (kb review --from-replay): these make some of the unknown known.

usage: replay.py TICKETS.jsonl ARTICLES [--kb PROGRAM] [--replay FILE.json] [--answers FILE.jsonl]
The base is the one that kb itself finds ($KB_DIR). Existing files are read, missing ones made.
"""
import argparse, collections, html.parser, json, math, os, re, subprocess, sys, tempfile

parser = argparse.ArgumentParser()
parser.add_argument("tickets")
parser.add_argument("articles")
parser.add_argument("--kb", default=os.path.join(os.path.dirname(os.path.realpath(__file__)), "../../.build/release/kb"))
parser.add_argument("--replay")
parser.add_argument("--answers")
parser.add_argument("--autoband", type=float, default=0.9)
options = parser.parse_args()

tickets = [json.loads(line) for line in open(options.tickets) if line.strip()]
tickets = [t for t in tickets if t.get("created_at")]
tickets.sort(key=lambda t: (t["created_at"], t["id"]))


def load(path, make):
    if path and os.path.exists(path):
        return open(path).read()
    text = make()
    if path:
        open(path, "w").write(text)
    return text


class Words(html.parser.HTMLParser):
    """The text of a message that is HTML, a paragraph a block."""
    def __init__(self):
        super().__init__()
        self.parts = []

    def handle_starttag(self, tag, attributes):
        if tag in ("p", "div", "br", "li", "ul", "ol", "table", "tr", "td", "h1", "h2", "h3", "pre", "blockquote", "html", "body", "center"):
            self.parts.append("\n\n")

    handle_endtag = lambda self, tag: self.handle_starttag(tag, [])
    handle_data = lambda self, data: self.parts.append(data)


def plain(text):
    """kb takes a description for HTML when its beginning holds one of these marks, and asks its words alone."""
    if not any(mark in text[:400].lower() for mark in ("<p>", "<p ", "<div", "<br", "<html", "<span", "<!doctype", "</a>")):
        return text
    words = Words()
    words.feed(text)
    words.close()
    return "\n\n".join(" ".join(part.split()) for part in "".join(words.parts).split("\n\n") if part.strip())


def ask():
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        for t in tickets:
            line = {"_id": t["id"], "subject": t.get("subject", ""), "text": plain(t.get("description", "")),
                    "asked_at": t["created_at"], "tags": t.get("tags", [])}
            line["fields"] = {k: v for k, v in t.items() if isinstance(v, str) and k in ("product", "tier", "plan")}
            file.write(json.dumps(line) + "\n")
        file.flush()
        return subprocess.run([options.kb, "query", "--batch", file.name, "--json", "--no-log"], check=True,
                              capture_output=True, text=True).stdout


# Not splitlines, which also ends lines at U+2028 and U+0085 within a ticket's text.
answers = {a["id"]: a for a in map(json.loads, filter(None, load(options.answers, ask).split("\n")))}
replay = json.loads(load(options.replay, lambda: subprocess.run(
    [options.kb, "replay", options.tickets, "--json"], check=True, capture_output=True, text=True).stdout))

# Articles by address and by the last part of it.
pages, names, hosts = {}, collections.defaultdict(set), set()
for name in sorted(os.listdir(options.articles)):
    if not name.endswith(".md"):
        continue
    text = open(os.path.join(options.articles, name), encoding="utf-8").read()
    front = text.split("\n---", 1)[0] if text.startswith("---") else ""
    for address in re.findall(r"^(?:url|slug):\s*[\"']?([^\"'\s]+)", front, re.M):
        host, _, path = re.sub(r"^https?://(www\.)?", "", address).partition("/")
        pages[(host + "/" + re.sub(r"(^|/)[a-z]{2}(-[A-Za-z]{2})?/", r"\1", path, count=1)).lower().rstrip("/")] = name
        hosts.add(host.lower())
        names[path.rstrip("/").split("/")[-1].lower()].add(name)
    names[name[:-3].lower()].add(name)


def article(url):
    url = re.sub(r"[?#].*", "", url).lower().rstrip("/")
    host, _, path = re.sub(r"^(https?://)?(www\.)?", "", url).partition("/")
    path = re.sub(r"(^|/)[a-z]{2}(-[a-z]{2,4})?/", r"\1", path, count=1)
    if host + "/" + path in pages:
        return pages[host + "/" + path]
    last = re.sub(r"\.html?$", "", path.split("/")[-1])
    found = names.get(last, set())
    if len(found) == 1 and (host in hosts or not hosts or (len(last) >= 12 and "-" in last)):
        return next(iter(found))
    return None


def linked(ticket):
    out = []
    for comment in ticket.get("comments", []):
        if comment.get("author") != "agent" or comment.get("public") is False:
            continue
        own = "\n".join(line for line in comment.get("body", "").splitlines() if not line.lstrip().startswith(">"))
        for url in re.findall(r"(?<![A-Za-z0-9])(?:https?://|www\.)[^\s<>\"`|\\^{}\])]+", own, re.I):
            name = article(url.rstrip(".,;:!?'*_"))
            if name and name not in out:
                out.append(name)
    return out


def interval(k, n, level=0.05):
    """Clopper-Pearson by sums of exact terms."""
    def cdf(k, p):
        if p <= 0: return 1.0
        if p >= 1: return 1.0 if k >= n else 0.0
        return math.fsum(math.exp(math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1)
                                  + i * math.log(p) + (n - i) * math.log1p(-p)) for i in range(k + 1))
    def find(test):
        low, high = 0.0, 1.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if test(middle) else (low, middle)
        return low
    return (0.0 if k == 0 else find(lambda p: 1 - cdf(k - 1, p) < level / 2),
            1.0 if k == n else find(lambda p: cdf(k, p) > level / 2))


mine, rows, links = collections.defaultdict(list), [], {}
for t in tickets:
    a = answers[t["id"]]
    found = links[t["id"]] = linked(t)
    cited = a["citations"][0]["document"]["id"].split("/", 1)[1] if a["citations"] else None
    verdict = "unknown" if not found else "right" if cited in found else "wrong"
    codes = {r["code"] for r in a["reasons"]}
    mine["tickets"].append(t["id"])
    mine[{"auto": "sent", "draft": "drafted", "human": "handed_over"}[a["action"]]].append(t["id"])
    mine["unknown" if not found else "linked"].append(t["id"])
    if a["band"] == "auto" and codes <= {"confidence", "band_not_certified", "autonomy", "self", "prior"}:
        mine["ready"].append(t["id"])
    for code in codes - {"confidence"}:
        mine["trigger." + code].append(t["id"])
        if a["action"] == "human":
            mine[f"trigger.{code}.handed_over"].append(t["id"])
    mine["band." + a["band"]].append(t["id"])
    mine[f"band.{a['band']}.{verdict}"].append(t["id"])
    rows.append((a["confidence"], verdict))

bad = 0


def compare(what, a, b):
    global bad
    if a != b:
        bad += 1
        print(f"DIFFERS {what}: here {a}, kb replay {b}", file=sys.stderr)


theirs = {name: ids for name, ids in replay["lists"].items() if not name.startswith(("bin.", "gap.", "left_out.", "reviewed")) and ".reviewed." not in name}
for name in sorted(set(mine) | set(theirs)):
    a, b = set(mine.get(name, [])), set(theirs.get(name, []))
    if a != b:
        bad += 1
        print(f"DIFFERS {name}: here {len(a)}, kb replay {len(b)}; only here {sorted(a - b)[:5]}, only there {sorted(b - a)[:5]}",
              file=sys.stderr)
compare("tickets", len(tickets), replay["tickets"])
for action, name in (("auto", "sent"), ("draft", "drafted"), ("human", "handed_over")):
    compare(action, len(mine[name]), replay["actions"][action])
compare("triggers", sorted((c[8:], len(mine[c]), len(mine[c + ".handed_over"])) for c in list(mine)
                           if c.startswith("trigger.") and not c.endswith(".handed_over")),
        sorted((t["code"], t["tickets"], t["handed_over"]) for t in replay["triggers"]))
for row in replay["bands"]:
    name = "band." + row["band"]
    right, wrong, unknown = (len(mine[f"{name}.{v}"]) for v in ("right", "wrong", "unknown"))
    compare(name, (len(mine[name]), right + wrong, right, unknown),
            (row["tickets"], row["linked"], row["right"], row["unknown"]))
    if right + wrong:
        low, high = interval(right, right + wrong)
        compare(name + " interval", True, abs(low - row["interval"][0]) < 2e-4 and abs(high - row["interval"][1]) < 2e-4)
    if mine[name]:
        said = [c for (c, v), t in zip(rows, tickets) if v == "unknown" and answers[t["id"]]["band"] == row["band"]]
        for review in row["narrowed_by"]:
            low, high = interval(round(sum(said) / len(said) * review["reviews"]), review["reviews"])
            compare(f"{name} after {review['reviews']} reviews", True,
                    abs(low - review["interval"][0]) < 2e-4 and abs(high - review["interval"][1]) < 2e-4)
judged = [(c, v == "right") for c, v in rows if v != "unknown"]
compare("reliability n", len(judged), replay["reliability"]["n"])
if judged:
    brier = sum((c - y) ** 2 for c, y in judged) / len(judged)
    compare("Brier", True, abs(brier - replay["reliability"]["brier"]) < 2e-4)
print(f"replay: {len(tickets)} tickets, {len(mine['linked'])} with a linked article, "
      f"{len(mine['sent'])} sent, {len(mine['drafted'])} drafted, {len(mine['handed_over'])} handed over: "
      + ("all numbers are equal" if not bad else f"{bad} numbers differ"))
sys.exit(1 if bad else 0)
