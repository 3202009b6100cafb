"""The first page as its reader uses it."""

from collections.abc import Callable
from dataclasses import dataclass

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

_PATIENCE_SECONDS = 30
_OPENING_SECONDS = 60  # the first example may still be on its first render


@dataclass(frozen=True)
class FirstPage:
    """The first page, open in a browser."""

    browser: Chrome
    url: str

    def open(self, fragment: str = "") -> None:
        """Load the page from scratch, and wait until its example has been rendered."""
        self.browser.get("about:blank")
        self._console()  # what is in it by now is forgotten
        self.browser.get(f"{self.url}{fragment}")
        self.wait_for_state("Done", seconds=_OPENING_SECONDS)

    def element(self, selector: str) -> WebElement:
        """Return the element that a CSS selector finds."""
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    @property
    def state(self) -> str:
        """What the page says of the render in hand."""
        return self.element("#state").text

    @property
    def messages(self) -> str:
        """What the page tells the author."""
        return self.element("#messages").text

    @property
    def selection(self) -> str:
        """What is selected in the code box."""
        script = "const box = arguments[0]; return box.value.slice(box.selectionStart, box.selectionEnd)"
        selected: str = self.browser.execute_script(script, self.element("#code"))
        return selected

    def write(self, program: str) -> None:
        """Replace the program, as by pasting."""
        self.element("#code").send_keys(Keys.CONTROL, "a")
        script = "arguments[0].focus(); document.execCommand('insertText', false, arguments[1])"
        self.browser.execute_script(script, self.element("#code"), program)

    def render(self, program: str) -> None:
        """Replace the program and render it."""
        self.write(program)
        self.element("#render").click()

    def wait_until(self, condition: Callable[[], bool], what: str, *, seconds: float = _PATIENCE_SECONDS) -> None:
        """Wait for a condition, or fail with what was waited for and what the page says."""
        WebDriverWait(self.browser, seconds, poll_frequency=0.05).until(
            lambda _browser: condition(), f"{what}; the page says: {self.state} {self.messages}"
        )

    def wait_for_state(self, beginning: str, *, seconds: float = _PATIENCE_SECONDS) -> None:
        """Wait until the state of the render begins with these words."""
        self.wait_until(lambda: self.state.startswith(beginning), f"state {beginning!r}", seconds=seconds)

    def count_in_map(self, selector: str) -> int:
        """Return how many elements of the map a CSS selector finds."""
        self.browser.switch_to.frame(self.element("#map"))
        try:
            return len(self.browser.find_elements(By.CSS_SELECTOR, selector))
        finally:
            self.browser.switch_to.default_content()

    def complaints(self) -> list[str]:
        """Return what the browser's console has on this page's account; maps without tiles complain on their own."""
        return [
            entry["message"]
            for entry in self._console()
            if entry["level"] == "SEVERE"
            and entry["message"].startswith(self.url)
            and "/artefacts/" not in entry["message"]
        ]

    def _console(self) -> list[dict[str, str]]:
        entries: list[dict[str, str]] = self.browser.get_log("browser")
        return entries
