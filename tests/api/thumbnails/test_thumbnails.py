"""Thumbnails: small WebP pictures of works, made of what authors send, and seen by whoever may see the work."""

import hashlib
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import Engine, text
from tests.api.conftest import API
from tests.api.hub.publishing import change, problem, publish, read
from tests.api.moderation.moderating import hide
from tests.api.thumbnails.pictures import THUMBNAIL, noise, opened, packed, plain, put
from tests.api.users import User


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_becomes_a_small_webp(asha: User, guest: User, rivers: str, form: str) -> None:
    answer = put(asha, plain(form=form), f"image/{form.lower()}")

    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["url"] == f"{API}/thumbnails/{body['sha256']}" == read(guest, rivers)["thumbnail_url"]
    shown = guest.client.get(body["url"])
    assert shown.headers["Content-Type"] == "image/webp"
    assert shown.headers["ETag"] == f'"{body["sha256"]}"'
    assert shown.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert hashlib.sha256(shown.content).hexdigest() == body["sha256"]
    assert len(shown.content) == body["size_bytes"]
    image = opened(shown.content)
    assert (image.format, image.size) == ("WEBP", (640, 320))


def test_whatever_the_picture_is_the_thumbnail_is_at_most_100_kb(asha: User, rivers: str) -> None:
    assert put(asha, noise()).json()["size_bytes"] <= 100_000


def test_small_pictures_stay_as_small_and_narrow_ones_as_narrow(asha: User, rivers: str) -> None:
    for size, expected in (((20, 10), (20, 10)), ((4096, 4096), (400, 400)), ((1, 4096), (1, 400))):
        url = put(asha, plain(size)).json()["url"]
        assert opened(asha.client.get(url).content).size == expected


def test_a_photograph_is_shown_upright_and_without_where_it_was_taken(asha: User, rivers: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[1] = "N"  # GPSLatitudeRef
    picture = packed(Image.new("RGB", (100, 50)), "JPEG", exif=exif)

    image = opened(asha.client.get(put(asha, picture, "image/jpeg").json()["url"]).content)

    assert image.size == (50, 100)
    assert not image.getexif()
    assert "icc_profile" not in image.info


def test_transparent_parts_are_white(asha: User, rivers: str) -> None:
    picture = packed(Image.new("RGBA", (10, 10), (0, 0, 0, 0)), "PNG")

    image = opened(asha.client.get(put(asha, picture).json()["url"]).content)

    assert image.mode == "RGB"
    assert min(image.tobytes()) > 250


def test_only_the_author_sets_and_removes_it(asha: User, ravi: User, guest: User, rivers: str) -> None:
    url = put(asha, plain()).json()["url"]

    for user, refused in ((ravi, (403, "not-the-author")), (guest, (401, "not-signed-in"))):
        assert problem(put(user, plain((5, 5)))) == refused
        assert problem(user.client.delete(THUMBNAIL)) == refused
    assert problem(put(asha, plain(), address=f"{API}/hub/map/lakes/thumbnail")) == (404, "work-not-found")
    assert read(asha, rivers)["thumbnail_url"] == url


def test_a_removed_thumbnail_is_shown_no_more(asha: User, guest: User, rivers: str) -> None:
    url = put(asha, plain()).json()["url"]

    assert asha.client.delete(THUMBNAIL).status_code == 204
    assert read(guest, rivers)["thumbnail_url"] is None
    assert problem(guest.client.get(url)) == (404, "thumbnail-not-found")


def test_another_picture_has_another_address(asha: User, guest: User, rivers: str) -> None:
    old, new = (put(asha, plain(size)).json()["url"] for size in ((10, 10), (20, 20)))

    assert old != new
    assert problem(guest.client.get(old)) == (404, "thumbnail-not-found")
    assert guest.client.get(new).status_code == 200


def test_a_client_that_has_it_does_not_get_it_again(asha: User, guest: User, rivers: str) -> None:
    body = put(asha, plain()).json()

    answer = guest.client.get(body["url"], headers={"If-None-Match": f'"{body["sha256"]}"'})

    assert (answer.status_code, answer.content) == (304, b"")


def test_a_private_works_thumbnail_is_its_authors_alone(asha: User, ravi: User, guest: User, rivers: str) -> None:
    url = put(asha, plain()).json()["url"]
    change(asha, rivers, visibility="private")

    for user in (ravi, guest):
        assert problem(user.client.get(url)) == (404, "thumbnail-not-found")
    shown = asha.client.get(url)
    assert shown.status_code == 200
    assert shown.headers["Cache-Control"].startswith("private")
    change(asha, rivers, visibility="unlisted")
    assert guest.client.get(url).status_code == 200


def test_a_hidden_works_thumbnail_is_its_authors_alone(asha: User, guest: User, admin: User, rivers: str) -> None:
    url = put(asha, plain()).json()["url"]
    publish(asha, rivers)
    hide(admin, "unlawful")

    assert problem(guest.client.get(url)) == (404, "thumbnail-not-found")
    assert asha.client.get(url).status_code == 200
    hide(admin, None)
    assert guest.client.get(url).status_code == 200


def test_a_file_that_is_nobodys_thumbnail_is_not_shown(asha: User, rivers: str) -> None:
    uploaded = asha.client.put(f"{API}/files", params={"name": "a.webp"}, content=plain((5, 5), "WEBP")).json()

    assert problem(asha.client.get(f"{API}/thumbnails/{uploaded['sha256']}")) == (404, "thumbnail-not-found")
    assert problem(asha.client.get(f"{API}/thumbnails/{'0' * 64}")) == (404, "thumbnail-not-found")


def test_thumbnails_count_against_no_quota(asha: User, rivers: str) -> None:
    put(asha, plain())

    assert asha.client.get(f"{API}/files").json()["used_bytes"] == 0


def test_a_picture_that_retention_is_about_to_delete_is_kept_after_all(
    asha: User, rivers: str, owner: Engine, tmp_path: Path
) -> None:
    sha256 = put(asha, plain()).json()["sha256"]
    asha.client.delete(THUMBNAIL)
    with owner.begin() as connection:
        connection.execute(text("UPDATE files SET marked_at = now()"))
    for path in (tmp_path / "store").rglob(sha256):
        path.unlink()

    url = put(asha, plain()).json()["url"]

    assert asha.client.get(url).status_code == 200
    with owner.connect() as connection:
        assert connection.execute(text("SELECT marked_at FROM files")).scalar_one() is None


def test_saving_a_work_does_not_touch_its_thumbnail(asha: User, rivers: str) -> None:
    url = put(asha, plain()).json()["url"]

    change(asha, rivers, description="of India")
    assert read(asha, rivers)["thumbnail_url"] == url
    assert read(asha, rivers)["alpha"]["version"] == 1
