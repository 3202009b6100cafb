"""The content security policy of maps: hostile pages, which shall draw a map and do nothing else."""

from typing import Final

# The services by which the map's own search finds places.
_GEOCODERS: Final = (
    "https://nominatim.openstreetmap.org",
    "https://photon.komoot.io",
    "https://api.mapbox.com",
    "https://maps.googleapis.com",
)


def artefact_policy(assets_url: str, *, has_site: bool) -> str:
    """Return the `Content-Security-Policy` of a map.

    `sandbox` gives the page an origin of its own that nothing shares, so that it reads no cookie and no answer of
    ours; `'self'` would mean nothing there, hence the full address.

    Args:
        assets_url: Where map assets lie, with the host and a slash at the end.
        has_site: The map lies on a site that serves maps alone. It then has that site's origin, as browsers tell
            nobody the referrer of a page that has none of its own.
    """
    directives = {
        "sandbox": "allow-scripts allow-popups allow-same-origin" if has_site else "allow-scripts allow-popups",
        "default-src": "'none'",
        "script-src": f"'unsafe-inline' {assets_url}",
        "style-src": f"'unsafe-inline' {assets_url}",
        "img-src": f"https: data: {assets_url}",
        "font-src": f"data: {assets_url}",
        "media-src": "data:",
        "connect-src": " ".join((*_GEOCODERS, assets_url)),  # a picture of a map has its fonts and styles in it
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())
