"""The studio as the person in front of it uses it."""

import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import ConsoleMessage, Frame, Locator, Page, expect
from playwright.sync_api import TimeoutError as BrowserTimeoutError

PASSWORD = "seven lamps by the river"


@dataclass
class Studio:
    """The studio, open in a browser.

    Attributes:
        page: What Playwright drives.
        url: The studio's first page.
        complaints: What the browser's console has on the studio's own account.
        asked: Addresses whose answers have not come yet.
    """

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("requestfinished", lambda request: self.asked.remove(request.url))
        self.page.on("requestfailed", lambda request: self.asked.remove(request.url))

    def _hear(self, message: ConsoleMessage) -> None:
        source = message.location["url"]
        # Answers of 401 and 404 are how one learns that nobody is signed in, and that there is no draft.
        if message.type == "error" and "/artefacts/" not in source and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def open(self, path: str = "") -> None:
        """Open one of its pages."""
        self.page.goto(f"{self.url}{path}")

    def wait_until_quiet(self) -> None:
        """Wait until nothing is asked for any more."""
        try:
            self.page.wait_for_load_state("networkidle")
        except BrowserTimeoutError:
            raise AssertionError(f"answers that did not come: {self.asked}") from None

    def button(self, name: str | re.Pattern[str], *, exact: bool = True) -> Locator:
        """Return the button of this name."""
        return self.page.get_by_role("button", name=name, exact=exact and isinstance(name, str))

    @property
    def map_section(self) -> Locator:
        """The half that shows the map."""
        return self.page.get_by_role("region", name="Map", exact=True)

    @property
    def editor(self) -> Locator:
        """The half in which the map is edited."""
        return self.page.get_by_role("region", name="Editor", exact=True)

    @property
    def render_state(self) -> Locator:
        """What is said of the render in hand."""
        return self.map_section.get_by_role("status").first

    @property
    def program(self) -> Locator:
        """The code editor."""
        return self.page.get_by_role("textbox", name="Program")

    def edit_as(self, mode: str) -> None:
        """Choose `Builder` or `Code`."""
        self.editor.get_by_role("radiogroup", name="How to edit").get_by_text(mode, exact=True).click()

    def write(self, program: str) -> None:
        """Replace the program, as by pasting."""
        self.edit_as("Code")
        self.program.click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(program)

    def render(self, program: str | None = None) -> None:
        """Ask for a render, after replacing the program where one is given."""
        if program is not None:
            self.write(program)
        self.button("Render").click()

    def wait_for_state(self, words: str) -> None:
        """Wait until the render's state says this."""
        expect(self.render_state).to_contain_text(words)

    def wait_for_save(self) -> None:
        """Wait until what was edited is with the service."""
        expect(self.page.get_by_role("status").filter(has_text=re.compile(r"^Saved"))).to_be_visible()

    @property
    def map_frame(self) -> Frame:
        """The document of the map that is shown."""
        element = self.page.locator("iframe:not([aria-hidden=true])").first.element_handle()
        frame = element.content_frame()
        assert frame is not None
        return frame

    @property
    def map_address(self) -> str:
        """Where the map that is shown lies."""
        address: str = self.page.evaluate("document.querySelector('iframe:not([aria-hidden=true])')?.src ?? ''")
        return address

    def api(self, path: str) -> Any:  # noqa: ANN401 - whatever the address answers
        """Return the JSON that the services answer this browser."""
        answer = self.page.request.get(f"{self.url}api/{path}")
        assert answer.ok, answer.text()
        return answer.json()

    def add(self, kind: str) -> None:
        """Add a layer of a kind, such as `Realm`."""
        self.button("Add").click()
        self.page.get_by_role("menuitem", name=re.compile(rf"^{kind}\b")).first.click()

    def open_layer(self, name: str) -> Locator:
        """Choose a layer, and return its form."""
        self.editor.get_by_role("row", name=name).first.click()
        return self.fields

    @property
    def fields(self) -> Locator:
        """The form of the layer that is chosen."""
        return self.editor.get_by_role("region", name=re.compile(r": its fields$"))

    @property
    def dialog(self) -> Locator:
        """The dialog that is open."""
        return self.page.get_by_role("dialog")

    def choose(self, menu: str, item: str) -> None:
        """Choose from a menu."""
        self.button(menu).click()
        self.page.get_by_role("menu").get_by_role("menuitem", name=item).click()

    def send_name(self, name: str) -> None:
        """Give the dialog for names this one, once it has proposed its own."""
        field = self.dialog.get_by_label("Name", exact=True)
        expect(field).not_to_have_value("")  # else its proposal may come between our choosing all and our typing
        field.fill(name)
        self.dialog.get_by_role("button", name="Save", exact=True).click()

    def save_draft_as(self, name: str) -> None:
        """Give the draft a name that is free."""
        self.button("Save as …").click()
        self.send_name(name)
        expect(self.page).to_have_url(f"{self.url}{name}")

    def fork(self, name: str) -> None:
        """Fork the work that is open, under a name that is free."""
        self.button("Fork").click()
        self.send_name(name)
        expect(self.page).to_have_url(f"{self.url}{name}")

    def begin(self, what: str, name: str) -> None:
        """Begin `A territory library` or `A theme` of a name that is free."""
        self.open("new")
        self.page.get_by_role("button", name=what).click()
        self.send_name(name)
        expect(self.dialog).to_be_hidden()

    def write_library(self, program: str) -> None:
        """Replace the program of the library or theme that is open."""
        self.page.get_by_role("textbox", name=re.compile("^Source of")).click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(program)

    def import_library(self, name: str) -> None:
        """Import the latest version of a library into the map that is open."""
        self.button("Import …").click()
        self.dialog.get_by_role("searchbox").fill(name)
        self.dialog.get_by_role("option", name=re.compile(name)).click()
        self.dialog.get_by_role("button", name="Import", exact=True).click()
        expect(self.dialog).to_be_hidden()

    def publish(self) -> str:
        """Publish what is open, and return what is said of it."""
        self.wait_for_save()
        self.button("Publish").click()
        said = self.dialog.get_by_role("status")
        expect(said).to_contain_text(re.compile("version"))
        words = said.inner_text()
        self.dialog.get_by_role("button", name="Close").click()
        return words

    def sign_in(self, username: str, password: str = PASSWORD) -> None:
        """Sign in, from the page that is open."""
        self.page.get_by_role("banner").get_by_role("link", name="Sign in").click()
        self.page.get_by_label("User name or e-mail address").fill(username)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
        expect(self.page.get_by_role("banner").get_by_role("button", name=username)).to_be_visible()

    def sign_up(self, username: str) -> None:
        """Make an account, from the page that is open, and come back to it."""
        self.page.get_by_role("banner").get_by_role("link", name="Sign in").click()
        self.page.get_by_text("Sign up", exact=True).click()
        self.page.get_by_label("User name", exact=True).fill(username)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.button("Sign up").click()
        expect(self.page.get_by_role("banner").get_by_role("button", name=username)).to_be_visible()
