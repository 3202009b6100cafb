"""All SQL by which published versions get their artefacts. Every function works inside the caller's transaction."""

from sqlalchemy import Connection, text

from xatra_shared.queue.model import RenderRequest


def get_request(connection: Connection, version_id: int) -> RenderRequest:
    """Return what a published version has rendered: its program with all that it imports and reads."""
    row = connection.execute(
        text("SELECT content, bundle, files FROM hub_artifact_versions WHERE id = :id"), {"id": version_id}
    ).one()
    return RenderRequest(row.content, row.bundle, row.files)


def set_job(connection: Connection, version_id: int, job_id: int) -> None:
    """Say which job makes a version's artefact."""
    connection.execute(
        text("UPDATE hub_artifact_versions SET job_id = :job_id WHERE id = :id"), {"id": version_id, "job_id": job_id}
    )


def postpone(connection: Connection, version_id: int, seconds: float) -> None:
    """Let a version wait for so long before its artefact is asked for again."""
    connection.execute(
        text(
            """
            UPDATE hub_artifact_versions SET artefact_due_at = now() + make_interval(secs => :seconds) WHERE id = :id
            """
        ),
        {"id": version_id, "seconds": seconds},
    )


def count_waiting(connection: Connection, caller: str) -> int:
    """Return how many renders a caller waits for."""
    return int(
        connection.execute(
            text(
                """
                SELECT count(*) FROM render_waiters waiter JOIN render_jobs job ON job.id = waiter.job_id
                WHERE job.state IN ('queued', 'running') AND waiter.detached_at IS NULL AND waiter.caller = :caller
                """
            ),
            {"caller": caller},
        ).scalar_one()
    )
