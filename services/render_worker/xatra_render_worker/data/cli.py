"""The commands that install, check and show the map data (`… data install`)."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer

from xatra_render_worker.data.download import index_url_from
from xatra_render_worker.data.errors import DataError
from xatra_render_worker.data.full import install_full
from xatra_render_worker.data.manifest import Manifest, data_version, read_manifest
from xatra_render_worker.data.manifest import verify as find_problems
from xatra_render_worker.data.progress import progress_bars
from xatra_render_worker.data.rivers import add_river
from xatra_render_worker.data.sample import DEFAULT_COUNTRIES, install_sample
from xatra_render_worker.data.terms import show_terms_once

app = typer.Typer(name="data", help="Install, check and show the map data.", no_args_is_help=True)

_DEFAULT_COUNTRIES = ",".join(DEFAULT_COUNTRIES)

DataHome = Annotated[
    Path,
    typer.Option("--data-home", envvar="XATRA_DATA_HOME", file_okay=False, resolve_path=True, help="Data directory."),
]
Countries = Annotated[str, typer.Option(help="ISO 3166 alpha-3 codes with commas between them, or `all`.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


@app.command()
def install(data_home: DataHome, countries: Countries = _DEFAULT_COUNTRIES) -> None:
    """Install countries of the sample data set, or those that are still missing."""
    with _plain_errors():
        show_terms_once(data_home, typer.echo)
        codes = [code.strip() for code in countries.upper().split(",") if code.strip()]
        with progress_bars() as progress:
            manifest = install_sample(data_home, codes or DEFAULT_COUNTRIES, progress, index_url=index_url_from())
        typer.echo(_summary(manifest))


@app.command()
def full(data_home: DataHome) -> None:
    """Install the full data set (3 GB) with the library's own program."""
    with _plain_errors():
        show_terms_once(data_home, typer.echo)
        typer.echo(_summary(install_full(data_home)))


@app.command(name="add-river")
def add_river_(
    data_home: DataHome,
    osm_id: Annotated[int, typer.Argument(min=1, help="OpenStreetMap's number of the river.")],
    osm_type: Annotated[
        Literal["relation", "way"] | None, typer.Option("--type", help="By default a relation, else a way.")
    ] = None,
    overpass_url: Annotated[str | None, typer.Option(help="The Overpass server to ask.")] = None,
) -> None:
    """Fetch a river from OpenStreetMap, so that maps can use it: `overpass(id)`."""
    with _plain_errors():
        typer.echo(_summary(add_river(data_home, osm_id, osm_type=osm_type, overpass_url=overpass_url)))


@app.command()
def verify(data_home: DataHome, *, as_json: AsJson = False) -> None:
    """Compare every file with the manifest; exit code 1 where one differs."""
    with _plain_errors():
        problems = find_problems(data_home)
        version = data_version(data_home)
    if as_json:
        typer.echo(json.dumps({"version": version, "problems": problems}))
    else:
        typer.echo("\n".join(problems) or f"Map data {version}: every file is as it was installed.")
    if problems:
        raise typer.Exit(1)


@app.command()
def show(data_home: DataHome, *, as_json: AsJson = False) -> None:
    """Show the data version, where the data came from, the countries and sizes."""
    with _plain_errors():
        manifest = read_manifest(data_home)
    if not as_json:
        typer.echo(_summary(manifest))
        return
    document = {
        "version": manifest.version,
        "source": manifest.source,
        "countries": manifest.countries,
        "files": len(manifest.files),
        "size_bytes": manifest.size_bytes,
    }
    typer.echo(json.dumps(document))


def _summary(manifest: Manifest) -> str:
    return (
        f"Map data {manifest.version} ({manifest.source}): {len(manifest.countries)} countries, "
        f"{len(manifest.files)} files, {manifest.size_bytes / 1e6:,.1f} MB\n{' '.join(manifest.countries)}"
    )


@contextmanager
def _plain_errors() -> Iterator[None]:
    """End with one sentence and exit code 1 where the data cannot be had."""
    try:
        yield
    except DataError as error:
        typer.secho(str(error), fg="red", err=True)
        raise typer.Exit(1) from error
