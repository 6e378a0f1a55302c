#!/usr/bin/env python3
"""Is every sentence of every answer contained in the lines it cites?

Reads the article files itself and shares no code with kb. Markup, white space and nothing else is taken out of both the
sentence and the cited lines; what is left of the sentence must stand in what is left of the lines, letter for letter.

usage: contained.py ANSWERS.jsonl ARTICLES [--show N]
ANSWERS.jsonl is the output of `kb query --batch QUESTIONS --json`; ARTICLES the folder that was ingested.
"""
import argparse, html, json, os, re, sys, unicodedata

parser = argparse.ArgumentParser()
parser.add_argument("answers")
parser.add_argument("articles")
parser.add_argument("--show", type=int, default=10, help="failures printed")
options = parser.parse_args()


def bare(text):
    text = html.unescape(unicodedata.normalize("NFC", text))
    text = re.sub(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)", r"\1", text)  # links: their words
    text = re.sub(r"<(https?://[^>\s]+|[^<>\s]+@[^<>\s]+)>", r"\1", text)  # addresses in angle brackets
    text = re.sub(r"</?[a-zA-Z][^<>]*>", "", text)
    text = re.sub(r"(?m)^\s*(?:>\s*)*(?:[-*+]|\d+[.)])\s+", "", text)  # list markers
    return re.sub(r"[\s*_`#|\\~\u00ad\u200b]+", "", text)


files, answers, sentences, failures, uncited = {}, 0, 0, [], 0
for line in open(options.answers, encoding="utf-8"):
    item = json.loads(line)
    if item.get("error"):
        failures.append((item.get("id"), "error", item["error"]))
        continue
    if item["answer"] is None:
        continue
    answers += 1
    cited = {c["n"]: c for c in item["citations"]}
    for sentence in item["answer"]["sentences"]:
        sentences += 1
        if not sentence["citations"]:
            uncited += 1
            failures.append((item["id"], "no citation", sentence["text"]))
            continue
        for n in sentence["citations"]:
            path = os.path.join(options.articles, cited[n]["document"]["id"].split("/", 1)[1])
            if path not in files:
                files[path] = open(path, encoding="utf-8").read().split("\n")
            first, last = cited[n]["lines"]
            if bare(sentence["text"]) not in bare("\n".join(files[path][first - 1:last])):
                failures.append((item["id"], f"{path}:{first}-{last}", sentence["text"]))
for failure in failures[: options.show]:
    print("NOT CONTAINED", *failure, sep=" | ", file=sys.stderr)
print(f"contained: {sentences - len({(f[0], f[2]) for f in failures})} of {sentences} sentences of {answers} answers stand in the lines they cite")
sys.exit(1 if failures else 0)
