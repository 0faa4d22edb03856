"""How many pages a second the article is taken out of, on one core, and how well, beside trafilatura in the same run.

    python -m benchmarks.html_pages --pages 200
    pip install "firsthand[bench]"      # for the comparison

The pages are the ten layouts of tests/clean/pages, grown to the size of real ones with scripts, styles and menus. Extraction is
parsing, finding the article and mapping its words back into the markup; cleaning is all of `clean`, metadata included. Seconds are
those of the processor. Kept and leaked are shares of the paragraphs and of the pieces around them, as the tests count them.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from firsthand.clean import clean
from firsthand.clean.page import article_text, parsed
from firsthand.model import RawReport

PAGES = Path(__file__).parents[1] / "tests" / "clean" / "pages"
SCRIPT = "window.q=window.q||[];q.push({unit:'slot-%d',sizes:[[300,250],[728,90]],until:function(x){return x>%d}});\n"
STYLE = ".block-%d .item{margin:0 auto;padding:%dpx;color:#334;border:1px solid #dde}\n"


def pages(count: int, kilobytes: int) -> list[tuple[str, str]]:
    """(layout, markup) of ``count`` pages of about this size, no two the same."""
    out = []
    layouts = sorted(PAGES.glob("*.html"))
    for number in range(count):
        path = layouts[number % len(layouts)]
        markup = path.read_text(encoding="utf-8")
        lines = max(0, kilobytes * 1000 - len(markup)) // 200
        script = "".join(SCRIPT % (number + line, line) for line in range(lines))
        style = "".join(STYLE % (line, number) for line in range(lines))
        # The oldest layout has no head to close; there the filler stands before everything.
        begin, found, rest = markup.partition("</head>")
        filler = f"<style>{style}</style><script>{script}</script>"
        out.append((path.stem, f"{begin}{filler}{found}{rest}" if found else f"{filler}{markup}"))
    return out


def wanted(layout: str, kind: str) -> list[str]:
    with (PAGES / f"{layout}.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row["text"] for row in rows if row["kind"] == kind]


def quality(texts: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """(share of paragraphs kept, share of the pieces around the article that are left)."""
    kept = paragraphs = leaked = pieces = 0
    for layout, text in texts:
        lines = {" ".join(line.split()) for line in text.split("\n")}
        whole = " ".join(text.split())
        keep, chrome = wanted(layout, "keep"), wanted(layout, "chrome")
        paragraphs, pieces = paragraphs + len(keep), pieces + len(chrome)
        kept += sum(paragraph in whole for paragraph in keep)
        leaked += sum(piece in lines or (len(piece) > 40 and piece in whole) for piece in chrome)
    return kept / paragraphs, leaked / pieces


def measure(name: str, extract: Callable[[str], str], chosen: Sequence[tuple[str, str]], rounds: int) -> None:
    texts = [(layout, extract(markup)) for layout, markup in chosen]
    start = time.process_time()
    for _ in range(rounds):
        for _, markup in chosen:
            extract(markup)
    took = time.process_time() - start
    kept, leaked = quality(texts)
    print(f"{name:28} {rounds * len(chosen) / took:8.0f} pages a second   kept {kept:.3f}   leaked {leaked:.3f}")


def ours(markup: str) -> str:
    return article_text(parsed(markup), markup).text


def cleaned(markup: str) -> str:
    return clean(RawReport("x", "x", "x.html", "", "html", markup)).text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--kilobytes", type=int, nargs="+", default=[10, 100])
    parser.add_argument("--rounds", type=int, default=2)
    arguments = parser.parse_args()
    extractors: list[tuple[str, Callable[[str], str]]] = [("extraction with map", ours), ("cleaning", cleaned)]
    try:
        import trafilatura

        extractors.append(("trafilatura", lambda markup: trafilatura.extract(markup, include_comments=False) or ""))
    except ImportError:
        print("trafilatura is not installed: no comparison")
    for kilobytes in arguments.kilobytes:
        chosen = pages(arguments.pages, kilobytes)
        print(f"{len(chosen)} pages of {sum(len(markup) for _, markup in chosen) // len(chosen) // 1000} kB on average")
        for name, extract in extractors:
            measure(name, extract, chosen, arguments.rounds)


if __name__ == "__main__":
    main()
