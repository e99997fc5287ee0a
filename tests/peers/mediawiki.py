"""A real MediaWiki on loopback: Debian's package, with pages of our own, in a folder of its own.

It has TextExtracts and Cite, as Wikipedia does. It lacks Wikibase and Disambiguator, which Debian
does not have: a tag of ours, ``<pageprop name="…">``, sets the page properties that these would
set, and the API answers "Unrecognized value for parameter prop: description" with the rest, so
that the client takes the short description from the page's properties. Its search is MediaWiki's
own, which knows no accents. One wiki stands for every edition; only Chinese (``zh.``) has its own
language, for the two ways of writing it.
"""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.error import URLError
from urllib.request import urlopen
from xml.sax.saxutils import escape

import pytest

INSTALLED = Path("/usr/share/mediawiki")
MODULES = {"pdo_sqlite", "mbstring", "xml", "intl"}
WORKERS = 2
START_SECONDS = 20.0

SETTINGS = """
wfLoadExtension( 'Cite' );
wfLoadExtension( 'TextExtracts' );
$wgParserCacheType = CACHE_DB;
$wgJobRunRate = 0;
$wgHooks['ParserFirstCallInit'][] = static function ( $parser ) {
    $parser->setHook( 'pageprop', static function ( $text, $attributes, $parser ) {
        $parser->getOutput()->setPageProperty( $attributes['name'], (string)$text );
        return '';
    } );
};
if ( str_starts_with( $_SERVER['HTTP_HOST'] ?? '', 'zh.' ) ) {
    $wgLanguageCode = 'zh';
}
"""


def props(item: str, description: str) -> str:
    """Return what Wikibase knows of a page."""
    return (
        f'<pageprop name="wikibase_item">{item}</pageprop>'
        f'<pageprop name="wikibase-shortdesc">{description}</pageprop>\n'
    )


PAGES = {
    "Hilma Testova": props("Q900001", "Swedish painter (1880–1950)")
    + "'''Hilma Testova''' (<span class=noexcerpt>HIL-ma</span>; 3 May 1880 – 1 June 1950) was a "
    "Swedish [[painter]] of lakes.<ref>A book about her.</ref> "
    + "She rowed out every morning and painted what the water did to the light. " * 20
    + "\n\n== Life ==\nShe lived by a lake.\n[[Category:Swedish painters]]",
    "Testova": "#REDIRECT [[Hilma Testova]]",
    "H. Testova": "#REDIRECT [[Testova]]",
    "Circle Testova": "#REDIRECT [[Round Testova]]",
    "Round Testova": "#REDIRECT [[Circle Testova]]",
    "Francis Examplar": '<pageprop name="disambiguation" />'
    "'''Francis Examplar''' may refer to:\n\n"
    "* [[Francis Examplar (artist)]] (1909–1992), British painter\n"
    "* [[Francis Examplar (footballer)]] (born 1980), English footballer\n"
    "* [[Sir Francis Examplar]] (1561–1626), English philosopher\n\n"
    "== See also ==\n* [[Examplar]], a family name\n",
    "Francis Examplar (artist)": props("Q900003", "British painter")
    + "'''Francis Examplar''' (28 October 1909 – 28 April 1992) was a British [[painter]].",
    "Paul Striker": props("Q900004", "English footballer (born 1985)")
    + "'''Paul Striker''' (born 4 April 1985) is an English professional footballer, a nephew of "
    "the painter Ann Striker.\n[[Category:English footballers]]",
    "Paul Striker (painter)": "'''Paul Striker''' was a Welsh painter.",
    "Leo of Testville": props("Q900005", "Italian polymath (1452–1519)")
    + "'''Leo of Testville''' was an Italian polymath who was active as a painter and engineer.\n"
    "[[Category:Italian Renaissance painters]] [[Category:Italian engineers]]",
    "Giant Testova": "'''Giant Testova''' is a Swedish painter. "
    + "Much has been written about her, and more will follow. " * 24_000
    + f"({'&emsp;' * 100_000}",
    "Everybody Testova": '<pageprop name="disambiguation" />'
    "'''Everybody Testova''' may refer to:\n\n"
    + "\n".join(f"* [[Testova {n}]], painter of {'lakes ' * 40}" for n in range(1200)),
    "测试墨": "'''测试墨'''（1880年—1950年），中国画家，生于测试村。",
}


def require_mediawiki() -> None:
    """Skip the test where there is no MediaWiki; in CI that is a failure."""
    missing = [] if (INSTALLED / "api.php").exists() else [f"{INSTALLED} (package mediawiki)"]
    if shutil.which("php") is None:
        missing.append("php (package php-cli)")
    else:
        listed = subprocess.run(["php", "-m"], capture_output=True, text=True, check=True)
        missing += sorted(MODULES - set(listed.stdout.lower().split()))
    if missing:
        reason = f"no MediaWiki: {', '.join(missing)} is missing"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


class MediaWiki:
    """Installed into a folder, with `PAGES`, and served as long as the ``with`` lasts."""

    def __init__(self, folder: Path) -> None:
        """Keep everything in this folder; it is empty."""
        self._folder = folder
        self._settings = folder / "LocalSettings.php"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._at = f"127.0.0.1:{free.getsockname()[1]}"
        self.address = f"http://{self._at}"

    def __enter__(self) -> Self:
        """Install it, and start PHP's own web server."""
        self._install()
        root = self._folder / "root"
        root.mkdir()
        (root / "w").symlink_to(INSTALLED)
        with (self._folder / "server.log").open("wb") as log:
            self._server = subprocess.Popen(
                ["php", "-S", self._at, "-t", root],
                env=self._environment() | {"PHP_CLI_SERVER_WORKERS": str(WORKERS)},
                stdout=log,
                stderr=log,
                start_new_session=True,  # the workers outlive their parent
            )
        try:
            self._wait()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the server with its workers."""
        self._stop()

    def edit(self, title: str, text: str) -> None:
        """Write a page, as an editor does."""
        self._maintain("edit.php", "--user", "Editor", title, text=text)

    def _install(self) -> None:
        options = ["--dbtype=sqlite", f"--dbpath={self._folder}/data", "--dbname=wiki"]
        options += [f"--server={self.address}", "--scriptpath=/w", "--lang=en"]
        options += [f"--confpath={self._folder}", "--pass=long enough a password"]
        self._maintain("install.php", *options, "Wiki of our own", "Editor")
        with self._settings.open("a", encoding="utf-8") as settings:
            settings.write(SETTINGS)
        dump = self._folder / "pages.xml"
        dump.write_text(_dump(PAGES), encoding="utf-8")
        self._maintain("importDump.php", dump)
        self._maintain("rebuildtextindex.php")
        self._maintain("rebuildLocalisationCache.php", "--lang=en,zh,zh-hans,zh-cn")

    def _maintain(self, script: str, *options: str | Path, text: str = "") -> None:
        command = ["php", INSTALLED / "maintenance" / script, *options]
        done = subprocess.run(
            command, env=self._environment(), input=text, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, f"{script}: {done.stdout[-500:]}{done.stderr[-500:]}"

    def _environment(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "MW_CONFIG_FILE": str(self._settings)}

    def _wait(self) -> None:
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                urlopen(f"{self.address}/w/api.php?action=query&format=json", timeout=10).close()
                return
            except (URLError, TimeoutError):
                log = (self._folder / "server.log").read_text()
                assert self._server.poll() is None, f"MediaWiki has stopped: {log[-500:]}"
                assert time.monotonic() < until, f"MediaWiki does not answer: {log[-500:]}"
                time.sleep(0.05)

    def _stop(self) -> None:
        os.killpg(self._server.pid, signal.SIGKILL)
        self._server.wait()


def _dump(pages: dict[str, str]) -> str:
    """Return pages in MediaWiki's export format."""
    told = "".join(
        f"<page><title>{escape(title)}</title><ns>0</ns><revision>"
        "<timestamp>2026-01-01T00:00:00Z</timestamp><contributor><username>Editor</username>"
        "</contributor><model>wikitext</model><format>text/x-wiki</format>"
        f'<text xml:space="preserve">{escape(text)}</text></revision></page>\n'
        for title, text in pages.items()
    )
    schema = "http://www.mediawiki.org/xml/export-0.11/"
    return f'<mediawiki xmlns="{schema}" version="0.11" xml:lang="en">\n{told}</mediawiki>\n'
