"""A real browser in front of the running service."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from tests.e2e.first_page import FirstPage

_FLAGS = (
    "--headless=new",
    "--no-sandbox",  # Chromium's own sandbox needs a user that is not root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--window-size=1400,1000",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1",  # tile servers above all
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Chrome]:
    """Start Chromium once for all tests."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("needs Chromium and its driver: apt-get install chromium chromium-driver")
    options = ChromeOptions()
    options.binary_location = chromium
    for flag in _FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chrome = Chrome(options=options, service=Service(driver))
    yield chrome
    chrome.quit()


@pytest.fixture
def page(browser: Chrome, demo_url: str) -> Iterator[FirstPage]:
    """Open the first page anew, and restore the browser afterwards."""
    first_page = FirstPage(browser, demo_url)
    first_page.open()
    yield first_page
    browser.delete_network_conditions()
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.fixture
def csv_file(tmp_path: Path) -> Path:
    """Return a file to attach, whose name has a character that programs cannot use."""
    path = tmp_path / "kings+queens.csv"
    path.write_text("name,year\nRudrama Devi,1262\n", encoding="utf-8")
    return path
