"""A JupyterLab server and a headless Chromium, for tests that look at the real thing.

Without Chromium these tests are skipped, unless EAGERNB_REQUIRE_BROWSER is set, as in CI.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.cells import PANELS, REPORTS

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
PATIENCE = 120_000  # milliseconds until a test gives up: a busy machine may take its time
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        if os.environ.get("EAGERNB_REQUIRE_BROWSER"):
            pytest.fail("EAGERNB_REQUIRE_BROWSER is set, but there is no Chromium on the PATH")
        pytest.skip("needs Chromium on the PATH")
    arguments = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


class Lab:
    """A running JupyterLab server, its folder, and its REST interface."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder

    def notebook_url(self, name: str) -> str:
        # A workspace of its own for each visit: no tabs are left over from the one before.
        return f"{self.url}/lab/workspaces/w{time.monotonic_ns()}/tree/{name}"


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    home = tmp_path_factory.mktemp("lab")
    folder = home / "notebooks"
    shutil.copytree(NOTEBOOKS, folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "IPYTHONDIR": str(home / "ipython"),
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--ServerApp.ip=127.0.0.1"]
    command += [f"--ServerApp.port={port}", f"--ServerApp.root_dir={folder}", "--IdentityProvider.token="]
    command += [
        "--ServerApp.disable_check_xsrf=True",
        "--ServerApp.allow_root=True",
        "--LabApp.expose_app_in_browser=True",
        "--JupyterNotebookApp.expose_app_in_browser=True",
    ]
    with (home / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for_server(url, server, home / "log")
        yield Lab(url, folder)
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="session")
def executed() -> nbformat.NotebookNode:
    """A notebook that ran, with an output of every kind."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in PANELS + REPORTS])
    NotebookClient(book, kernel_name="python3", timeout=120, allow_errors=True).execute()
    return book


def wait_for_server(url: str, server: subprocess.Popen, log: Path) -> None:
    for _ in range(240):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{url}/api").close()
        except OSError:
            time.sleep(0.25)
        else:
            return
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page = context.new_page()
    # Nothing may be fetched from outside: a request that leaves this machine fails the test.
    outside: list[str] = []
    page.on(
        "request",
        lambda request: (
            outside.append(request.url) if request.url.startswith("http") and "127.0.0.1" not in request.url else None
        ),
    )
    yield page
    context.close()
    assert not outside, f"fetched from the network: {outside}"
