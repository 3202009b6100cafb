"""The constant part of every page: the library's template with our assets, and with its own mistakes corrected."""

from xatra_render_worker.renderer.assets import own_tags

_CORRECTIONS = {
    "const initialZoom = payload.initial_zoom || 4;": "const initialZoom = payload.initial_zoom ?? 4;",  # zoom(0) is a zoom
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
