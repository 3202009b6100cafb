"""The constant part of every page: the library's template with our assets, and with its own mistakes corrected."""

from xatra_render_worker.renderer.assets import own_tags

# OpenStreetMap's own tile servers refuse who sends no Referer, as browsers do for pages without an origin of their own:
# maps on our own site, and files on a disk. https://operations.osmfoundation.org/policies/tiles/
_HIDE_TILES = """      // Create base layers
      if (self.origin === 'null') {
        const isHidden = ({ url }) => /^https?:\\/\\/([^/]*\\.)?tile\\.openstreetmap\\.org\\//i.test(url);
        if (payload.base_options?.some(isHidden)) {
          payload.base_options = payload.base_options.filter(option => !isHidden(option));
          map.attributionControl.addAttribution("OpenStreetMap's own tiles are hidden: they need a site of the maps' own");
        }
      }
"""

_CORRECTIONS = {
    "const initialZoom = payload.initial_zoom || 4;": "const initialZoom = payload.initial_zoom ?? 4;",  # zoom(0) is a zoom
    "      // Create base layers\n": _HIDE_TILES,
}


class TemplateError(Exception):
    """The library's template is not the one that our assets and corrections were made for."""


def corrected(page: str) -> str:
    """Return a page of the library with our assets and corrections in its constant part.

    Raises:
        TemplateError: something that we replace is not there exactly once.
    """
    for wrong, right in (_CORRECTIONS | own_tags()).items():
        if page.count(wrong) != 1:
            raise TemplateError(f"the library's template does not contain {wrong.strip()} exactly once")
        page = page.replace(wrong, right)
    return page
