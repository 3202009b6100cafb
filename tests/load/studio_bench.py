"""Measures what a first visit to the studio's pages costs: `studio_bench.py http://localhost:8080/xatra/`.

For each page, in a browser that was never there, several times: what is downloaded of the studio, compressed as in
production; when something is seen (first and largest contentful paint); and when the page answers: the end of the last
task of more than 50 ms. Medians. The time of maps in their frames is their own, and not counted.
"""
# ruff: noqa: T201 - a benchmark prints

import argparse
import gzip
import shutil
import statistics
from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import Browser, Response, sync_playwright
from tests.load.circumstances import circumstances

ROUNDS: Final = 5
PAGES: Final = {"Explore": "explore", "a published map": "maurya", "the builder": "", "signing in": "login"}
SETTLED_MILLISECONDS: Final = 1_500

OBSERVE: Final = """
window.seen = { first: 0, largest: 0, answers: 0 };
new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.first ||= entry.startTime; })
  .observe({ type: "paint", buffered: true });
new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.largest = entry.startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) seen.answers = entry.startTime + entry.duration;
}).observe({ type: "longtask", buffered: true });
"""


@dataclass(frozen=True)
class Visit:
    """One first visit: files, compressed bytes, and milliseconds since the address was called."""

    files: int
    bytes: int
    first: float
    largest: float
    answers: float


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="the studio's first page")
    url: str = parser.parse_args().url
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        print(f"{circumstances()}, Chromium {browser.version}, medians of {ROUNDS}\n")
        print(
            "| page | files | compressed kB | first paint ms | largest paint ms | answers ms |\n|---|---|---|---|---|---|"
        )
        for name, path in PAGES.items():
            visits = [_visit(browser, f"{url}{path}") for _ in range(ROUNDS)]
            figures = [
                f"{statistics.median(getattr(visit, field) for visit in visits):.0f}"
                for field in ("first", "largest", "answers")
            ]
            print(f"| {name} | {visits[0].files} | {visits[0].bytes / 1000:.0f} | {' | '.join(figures)} |", flush=True)
        browser.close()


def _visit(browser: Browser, url: str) -> Visit:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.add_init_script(OBSERVE)
    page = context.new_page()
    of_studio: list[Response] = []

    def note(response: Response) -> None:
        if response.frame == page.main_frame and "/api/" not in response.url:
            of_studio.append(response)

    page.on("response", note)
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(SETTLED_MILLISECONDS)
    seen: dict[str, Any] = page.evaluate("seen")
    size = sum(len(gzip.compress(response.body())) for response in of_studio if response.ok)
    context.close()
    return Visit(len(of_studio), size, seen["first"], seen["largest"], max(seen["answers"], seen["first"]))


if __name__ == "__main__":
    main()
