"""An artefact loads no script, style or font but ours, each addressed by its content."""

import gzip
import hashlib
import re

import pytest
from tests.render_worker.renderer.rendering import Render

from xatra_render_worker.renderer.assets import asset_names, assets
from xatra_render_worker.renderer.shell import TemplateError, corrected

MAP = """
import xatra
from xatra import Icon
xatra.Point("a", [1, 2], icon=Icon.bootstrap("bank", icon_size=30))
xatra.Point("b", [1, 2], icon=Icon.builtin("marker-icon.png"))
xatra.Text("c", [1, 2])
"""

ON_REQUEST = "picture.js"
"""What the bridge loads when it is asked for a picture."""

LOADING_TAG = re.compile(r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=\"([^\"]*)\"")


def content_of(name: str) -> str:
    return next(asset.content.decode() for asset in assets() if asset.name == name)


def test_an_asset_is_addressed_by_its_content() -> None:
    for asset in assets():
        assert asset.sha256 == hashlib.sha256(asset.content).hexdigest()
        assert asset.path == f"{asset.sha256}.{asset.extension}"


def test_the_names_of_an_artefact_s_assets_are_all_of_ours() -> None:
    assert asset_names() == tuple(asset.path for asset in assets())
    assert len(set(asset_names())) == len(asset_names())


def test_a_style_sheet_refers_to_its_siblings_alone() -> None:
    for sheet in (asset for asset in assets() if asset.extension == "css"):
        for url in re.findall(rb"url\(([^)\"']+)\)", sheet.content):
            assert url.decode() in asset_names() or url.startswith(b"#")
        assert b"@import" not in sheet.content


def test_no_script_looks_for_a_source_map() -> None:
    assert not any(b"sourceMappingURL" in asset.content for asset in assets())


def test_every_asset_but_those_is_referred_to_by_the_page_or_a_style_sheet(render: Render) -> None:
    page = render(MAP).page
    sheets = b"".join(asset.content for asset in assets() if asset.extension == "css").decode()
    bridge = content_of("bridge.js")
    assert [path for path in asset_names() if path not in page + sheets + bridge] == []


def test_only_the_bridge_loads_an_asset_later_and_it_names_a_sibling() -> None:
    loaded = next(asset.path for asset in assets() if asset.name == ON_REQUEST)
    for asset in assets():
        later = re.findall(rb'"([0-9a-f]{64}\.[a-z0-9]+)"', asset.content) if asset.extension == "js" else []
        assert later == ([loaded.encode()] if asset.name == "bridge.js" else [])


def test_the_bridge_is_small() -> None:
    assert len(gzip.compress(content_of("bridge.js").encode())) < 4000


def test_a_page_refers_to_its_assets_in_the_documented_form_before_its_payload(render: Render) -> None:
    head = render(MAP).page.split("const payload = ")[0]
    assert re.findall(r'<link rel="stylesheet" href="\.\./assets/([0-9a-f]{64}\.css)" />', head) == [
        asset.path
        for name in ("leaflet.css", "control-geocoder.css", "leaflet-search.css", "fonts.css")
        for asset in assets()
        if asset.name == name
    ]
    assert re.findall(r'<script src="\.\./assets/([0-9a-f]{64}\.js)"></script>', head) == [
        asset.path
        for name in ("leaflet.js", "control-geocoder.js", "leaflet-search.js", "bridge.js")
        for asset in assets()
        if asset.name == name
    ]


def test_a_page_loads_nothing_from_a_cdn(render: Render) -> None:
    page = render(MAP).page
    loaded = LOADING_TAG.findall(page.split("const payload = ")[0])
    assert len(loaded) == 8
    assert all(address.startswith("../assets/") for address in loaded)
    for host in ("unpkg.com", "jsdelivr.net", "googleapis.com", "gstatic.com"):
        assert host not in page


def test_a_bootstrap_icon_is_inlined(render: Render) -> None:
    icon = render(MAP).payload["points"][0]["icon"]
    assert icon["iconUrl"].startswith("data:image/svg+xml;base64,")
    assert icon["iconSize"] == [30, 30]


def test_an_unknown_bootstrap_icon_is_an_error_that_names_near_ones(render: Render) -> None:
    error = render('import xatra\nxatra.Icon.bootstrap("geo-alt-fil")\n').error
    assert (error["type"], error["line"]) == ("ValueError", 2)
    assert "geo-alt-fill" in error["message"]


def test_an_icon_of_an_address_of_the_author_s_own_stays(render: Render) -> None:
    program = 'import xatra\nxatra.Point("a", [1, 2], icon=xatra.Icon.bootstrap("x", base_url="https://example.org"))\n'
    assert render(program).payload["points"][0]["icon"]["iconUrl"] == "https://example.org/x.svg"


def test_a_template_that_is_not_the_one_we_know_is_refused() -> None:
    with pytest.raises(TemplateError, match="exactly once"):
        corrected("<html></html>")
