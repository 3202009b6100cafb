"""Sends a service what its OpenAPI document allows, and what it does not, and looks for answers that nobody foresaw.

It checks two rules of every operation: nothing is answered by 500, and whatever is wrong on our side is a problem.
"""

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from contextlib import suppress
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation

from xatra_shared.http.problems import MEDIA_TYPE


def find_unforeseen(
    url: str,
    *,
    sign_in: Callable[[], Mapping[str, str]],
    known: Mapping[str, Sequence[object]],
    examples: int,
) -> list[str]:
    """Return the requests that the service answered as it must not: by 500, or by a 5xx that its document does not have.

    Args:
        url: Of the OpenAPI document.
        sign_in: Returns headers by which somebody is known; called again when they no longer are.
        known: Names of path parameters, headers and body fields -> values that lead somewhere.
        examples: How many requests each operation gets, in each way of making them.
    """
    schema = schemathesis.openapi.from_url(url)
    headers = dict(sign_in())
    unforeseen: list[str] = []

    def send(case: Case[Any]) -> None:
        nonlocal headers
        response = case.call(headers=headers, timeout=40)
        if "www-authenticate" in response.headers:
            headers = dict(sign_in())
            response = case.call(headers=headers, timeout=40)
        is_problem = response.headers.get("content-type", [""])[0] == MEDIA_TYPE
        is_told = is_problem or str(response.status_code) in case.operation.definition.raw["responses"]
        if response.status_code == 500 or (response.status_code > 500 and not is_told):
            unforeseen.append(f"{response.status_code}: {case.as_curl_command()}")

    for result in schema.get_all_operations():
        operation = result.ok()
        _try(operation, GenerationMode.POSITIVE, known, send, examples)
        with suppress(Unsatisfiable):  # nothing can be wrong with a request that says nothing
            _try(operation, GenerationMode.NEGATIVE, known, send, examples)
    return unforeseen


def _try(
    operation: APIOperation[Any, Any, Any, Any],
    mode: GenerationMode,
    known: Mapping[str, Sequence[object]],
    send: Callable[[Case[Any]], None],
    examples: int,
) -> None:
    replaced = {name: st.sampled_from(values) for name, values in known.items()}

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        case=operation.as_strategy(generation_mode=mode), real=st.fixed_dictionaries(replaced), is_real=st.booleans()
    )
    def attempt(case: Case[Any], real: dict[str, Any], *, is_real: bool) -> None:
        for part in (case.path_parameters, case.headers, case.body):
            if is_real and isinstance(part, MutableMapping):
                part.update({name: value for name, value in real.items() if name in part})
        send(case)

    attempt()
